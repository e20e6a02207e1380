package dev.weft.core.device;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A device that a provider found on this machine, whether it can be used or not.
 *
 * @param name such as {@code cpu} or {@code cuda:0}; the provider's name where there is none
 * @param availability whether it can be opened, or why not
 * @param details further facts in order, such as memory and libraries
 */
public record FoundDevice(
    String name, DeviceProvider.Availability availability, Map<String, String> details) {
  /** Copies the details in their order. */
  public FoundDevice {
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }
}
