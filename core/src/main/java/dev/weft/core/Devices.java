package dev.weft.core;

import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceOptions;
import dev.weft.core.device.DeviceProvider;
import dev.weft.core.device.DeviceProvider.Availability;
import dev.weft.core.device.DeviceProviders;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Finds device providers on the class path and opens the one that the settings ask for. */
final class Devices {
  private Devices() {}

  static Device open(SessionConfig config) {
    List<DeviceProvider> providers = DeviceProviders.installed();
    List<DeviceProvider> wanted =
        providers.stream()
            .filter(p -> config.device().equals("auto") || config.device().equals(p.name()))
            .toList();
    if (wanted.isEmpty()) {
      throw new UsageException(
          "device '%s' is unknown; found: %s. Is its module (such as weft-cpu-fallback) on the class path?"
              .formatted(
                  config.device(),
                  providers.stream().map(DeviceProvider::name).collect(Collectors.joining(", "))));
    }
    List<String> reasons = new ArrayList<>();
    for (DeviceProvider provider : wanted) {
      switch (DeviceProviders.probe(provider)) {
        case Availability.Usable usable -> {
          return provider.open(
              new DeviceOptions(config.threads(), config.memoryLimit(), config.vectors(), 0));
        }
        case Availability.Unusable(String reason, String remedy) ->
            reasons.add("%s: %s. %s".formatted(provider.name(), reason, remedy));
      }
    }
    throw new DeviceException("no device can be used: " + String.join("; ", reasons));
  }
}
