package dev.weft.core.place;

import dev.weft.core.device.Device;

/**
 * Knows how fast devices are. Asked only where a device with memory of its own is in use; the first
 * answer for a device may take some seconds, as it may have to be measured.
 */
@FunctionalInterface
public interface RateSource {
  /**
   * How fast a device is.
   *
   * @param host the device whose memory is the host's: the other end of the link
   * @param device the one asked about; may be {@code host} itself, which has no link
   */
  Rates rates(Device host, Device device);
}
