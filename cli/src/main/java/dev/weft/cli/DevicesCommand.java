package dev.weft.cli;

import dev.weft.cli.machine.DeviceReport;
import dev.weft.cli.machine.DeviceReport.Measured;
import dev.weft.cli.options.Settings;
import dev.weft.cli.options.Syntax;
import dev.weft.cli.options.Syntax.Option;
import dev.weft.cli.options.Words;
import dev.weft.cli.output.Console;
import dev.weft.cli.output.Json;
import dev.weft.core.DeviceName;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceInfo;
import dev.weft.core.device.DeviceOptions;
import dev.weft.core.device.DeviceProvider;
import dev.weft.core.device.DeviceProvider.Availability;
import dev.weft.core.device.DeviceProviders;
import dev.weft.core.device.FarDevice;
import dev.weft.core.device.FoundDevice;
import dev.weft.core.error.DeviceException;
import dev.weft.core.memory.DeviceGroup;
import dev.weft.core.place.Rates;
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
    options.add(
        Option.flag("measure now; without it, once for each device and version", "--measure"));
    options.add(Option.flag("print JSON, with more details", "--json"));
    return new Syntax(
        "Lists the devices, usable or not and why, and how fast they were measured to be.",
        List.of(),
        options);
  }

  @Override
  public int run(Words words, Console console) {
    SessionConfig config = Settings.config(words);
    if (words.has("--measure")) {
      config = config.withRatesMeasuredAnew();
    }
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
    try {
      return opened(provider, device, config);
    } catch (DeviceException broken) {
      return new DeviceReport(
          device.name(),
          new Availability.Unusable(
              "opening it failed: " + broken.getMessage(), "Weft runs on other devices meanwhile."),
          device.details(),
          null);
    }
  }

  private static DeviceReport opened(
      DeviceProvider provider, FoundDevice found, SessionConfig config) {
    Device device = open(provider, found, config);
    Device host = device;
    List<FarDevice> others = List.of();
    if (device instanceof FarDevice far) {
      try {
        host = open(hostProvider(), hostProvider().find().getFirst(), config);
      } catch (RuntimeException | Error e) {
        device.close();
        throw e;
      }
      others = List.of(far);
    }
    DeviceGroup group = new DeviceGroup(host, others.isEmpty(), others, config.rates());
    try (Session session = Session.open(config, group)) {
      // A library of matrix products is looked for when the first product is asked for.
      NDArray one = session.ones(1, 1);
      one.matmul(one).compute().close();
      Rates rates = config.rates().rates(host, device);
      DeviceInfo info = device.info();
      return new DeviceReport(
          found.name(),
          found.availability(),
          info.details(),
          new Measured(
              info.description(), device.memory().limit(), rates, device instanceof FarDevice));
    }
  }

  private static Device open(DeviceProvider provider, FoundDevice found, SessionConfig config) {
    DeviceName name = DeviceName.parse(found.name()).getFirst();
    long limit = provider.isFar() ? Long.MAX_VALUE : config.memoryLimit();
    return provider.open(
        new DeviceOptions(config.threads(), limit, config.vectors(), 0), name.ordinal());
  }

  /** The other end of links: the preferred device that works in the host's memory. */
  private static DeviceProvider hostProvider() {
    return DeviceProviders.installed().stream()
        .filter(provider -> !provider.isFar())
        .findFirst()
        .orElseThrow(() -> new DeviceException("the module weft-cpu-fallback is missing"));
  }
}
