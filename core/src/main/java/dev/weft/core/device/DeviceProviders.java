package dev.weft.core.device;

import dev.weft.core.device.DeviceProvider.Availability;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * The device providers on the class path, and questions to them that have an answer even where a
 * provider fails: a broken driver of one kind of device must not keep a job from running on
 * another.
 */
public final class DeviceProviders {
  private DeviceProviders() {}

  /** All providers, those of a lower rank first. */
  public static List<DeviceProvider> installed() {
    List<DeviceProvider> providers = new ArrayList<>();
    ServiceLoader.load(DeviceProvider.class).forEach(providers::add);
    providers.sort(Comparator.comparingInt(DeviceProvider::rank));
    return providers;
  }

  /** {@link DeviceProvider#probe}; a failure of it is a reason not to use the device. */
  public static Availability probe(DeviceProvider provider) {
    try {
      return provider.probe();
    } catch (RuntimeException | LinkageError failure) {
      return broken(failure);
    }
  }

  /** {@link DeviceProvider#find}; a failure of it is a reason not to use the device. */
  public static List<FoundDevice> find(DeviceProvider provider) {
    try {
      return provider.find();
    } catch (RuntimeException | LinkageError failure) {
      return List.of(new FoundDevice(provider.name(), broken(failure), Map.of()));
    }
  }

  private static Availability broken(Throwable failure) {
    return new Availability.Unusable(
        "looking for it failed: " + failure, "Report this; Weft runs on other devices meanwhile.");
  }
}
