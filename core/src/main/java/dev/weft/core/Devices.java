package dev.weft.core;

import dev.weft.core.device.DeviceOptions;
import dev.weft.core.device.DeviceProvider;
import dev.weft.core.device.DeviceProvider.Availability;
import dev.weft.core.device.DeviceProviders;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import dev.weft.core.execute.DeviceGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds device providers on the class path, and opens what the settings ask for. */
public final class Devices {
  /** The modules of the kinds that Weft knows; without its module a kind cannot be used. */
  private static final Map<String, String> MODULES =
      Map.of("cpu", "weft-cpu-fallback", "cuda", "weft-gpu");

  private Devices() {}

  /**
   * Whether a session can be opened on a device, and if not, why and what to do.
   *
   * @param name as {@link DeviceName} describes
   * @throws UsageException when there is no such kind of device
   */
  public static Availability probe(String name) {
    return choose(name).answer();
  }

  /** Opens the device that the settings name. */
  static DeviceGroup open(SessionConfig config) {
    Choice choice = choose(config.device());
    DeviceProvider provider = choice.provider();
    if (choice.answer() instanceof Availability.Unusable(String reason, String remedy)) {
      throw new DeviceException(
          "no device can be used: %s: %s. %s".formatted(config.device(), reason, remedy));
    }
    DeviceName name = DeviceName.parse(config.device()).getFirst();
    SessionConfig settings = name.applyTo(config);
    DeviceOptions options =
        new DeviceOptions(settings.threads(), settings.memoryLimit(), settings.vectors(), 0);
    return DeviceGroup.of(List.of(Objects.requireNonNull(provider).open(options, name.ordinal())));
  }

  /** What a name leads to: a provider, unless there is none, and whether it can be used. */
  private record Choice(@Nullable DeviceProvider provider, Availability answer) {}

  private static Choice choose(String name) {
    List<DeviceName> names = DeviceName.parse(name);
    List<DeviceProvider> providers = DeviceProviders.installed();
    if (names.size() == 1) {
      return choose(names.getFirst(), providers);
    }
    for (DeviceName one : names) {
      if (choose(one, providers).answer()
          instanceof Availability.Unusable(String reason, String remedy)) {
        return new Choice(null, new Availability.Unusable(one.text() + ": " + reason, remedy));
      }
    }
    return new Choice(
        null,
        new Availability.Unusable(
            "a session runs on one device so far",
            "Name one of them, such as %s.".formatted(names.getFirst().text())));
  }

  private static Choice choose(DeviceName name, List<DeviceProvider> providers) {
    if (name.kind().equals(DeviceName.AUTO)) {
      return first(providers);
    }
    for (DeviceProvider provider : providers) {
      if (provider.name().equals(name.kind())) {
        return new Choice(provider, DeviceProviders.probe(provider));
      }
    }
    String module = MODULES.get(name.kind());
    if (module == null) {
      throw new UsageException(
          "device '%s' is unknown; found: %s. Is its module (such as weft-cpu-fallback) on the class path?"
              .formatted(
                  name.text(),
                  providers.stream().map(DeviceProvider::name).collect(Collectors.joining(", "))));
    }
    return new Choice(
        null,
        new Availability.Unusable(
            "its module is not on the class path", "Add " + module + " to the class path."));
  }

  /** The first that can be used, else why none can. */
  private static Choice first(List<DeviceProvider> providers) {
    List<String> reasons = new ArrayList<>();
    for (DeviceProvider provider : providers) {
      Availability answer = DeviceProviders.probe(provider);
      switch (answer) {
        case Availability.Usable usable -> {
          return new Choice(provider, answer);
        }
        case Availability.Unusable(String reason, String remedy) ->
            reasons.add("%s: %s. %s".formatted(provider.name(), reason, remedy));
      }
    }
    return new Choice(
        null,
        new Availability.Unusable(
            "none of those found can: " + String.join("; ", reasons),
            "Put the module weft-cpu-fallback on the class path."));
  }
}
