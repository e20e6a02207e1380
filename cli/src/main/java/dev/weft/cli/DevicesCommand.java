package dev.weft.cli;

import dev.weft.cli.DeviceReport.Measured;
import dev.weft.cli.Syntax.Option;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.device.DeviceInfo;
import dev.weft.core.device.DeviceProvider;
import dev.weft.core.device.DeviceProvider.Availability;
import dev.weft.core.device.DeviceProviders;
import dev.weft.core.device.FoundDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code weft devices}: every device, whether it can be used, why not, and how fast it copies
 * memory.
 */
final class DevicesCommand implements Command {
  /** The device that defines meaning; its speed interests nobody. */
  private static final String REFERENCE = "reference";

  @Override
  public Syntax syntax() {
    List<Option> options =
        new ArrayList<>(
            Settings.OPTIONS.stream()
                .filter(o -> o.key().equals("--threads") || o.key().equals("--memory"))
                .toList());
    options.add(Option.flag("print JSON, with more details", "--json"));
    return new Syntax(
        "Lists the devices, usable or not and why, and measures how fast they copy memory.",
        List.of(),
        options);
  }

  @Override
  public int run(Words words, Console console) {
    SessionConfig config = Settings.config(words);
    boolean json = words.has("--json");
    List<Map<String, Object>> rows = new ArrayList<>();
    for (DeviceProvider provider : DeviceProviders.installed()) {
      for (FoundDevice device : DeviceProviders.find(provider)) {
        DeviceReport report = report(provider, device, config);
        rows.add(report.json());
        if (!json) {
          console.out().println(report.line());
        }
      }
    }
    if (json) {
      console.out().println(Json.text(Map.of("devices", rows)));
    }
    return 0;
  }

  private static DeviceReport report(
      DeviceProvider provider, FoundDevice device, SessionConfig config) {
    if (device.availability() instanceof Availability.Unusable
        || provider.name().equals(REFERENCE)) {
      return new DeviceReport(device.name(), device.availability(), device.details(), null);
    }
    try (Session session = Session.open(config.withDevice(provider.name()))) {
      // A library of matrix products is looked for when the first product is asked for.
      NDArray one = session.ones(1, 1);
      one.matmul(one).compute();
      Bandwidth copy = Bandwidth.measure(config.threads(), config.memoryLimit());
      DeviceInfo info = session.devices().getFirst();
      return new DeviceReport(
          device.name(),
          device.availability(),
          info.details(),
          new Measured(info.description(), config.memoryLimit(), copy));
    }
  }
}
