package dev.weft.core.place;

import dev.weft.core.device.Device;
import dev.weft.core.device.FarDevice;

/**
 * What devices of today can do, roughly: where placement starts from when nobody has measured. It
 * corrects itself by what tasks and copies really take.
 */
public final class DefaultRates implements RateSource {
  /** GB/s of one core, and of all together: two channels of DDR4 are full at that. */
  private static final double CORE_MEMORY = 8;

  private static final double HOST_MEMORY = 30;

  /** Additions a nanosecond of one core, with vectors. */
  private static final double CORE_ARITHMETIC = 4;

  /** A GPU of some years ago, on PCIe 3.0 with pageable memory. */
  private static final Rates FAR = new Rates(300, 500, 6, 6, 10_000, 15_000);

  private static final double HOST_LAUNCH_NANOS = 3_000;

  @Override
  public Rates rates(Device host, Device device) {
    if (device instanceof FarDevice) {
      return FAR;
    }
    int cores = device.info().parallelism();
    // The host has no link: the last three are not used.
    return new Rates(
        Math.min(HOST_MEMORY, cores * CORE_MEMORY),
        cores * CORE_ARITHMETIC,
        1,
        1,
        HOST_LAUNCH_NANOS,
        0);
  }
}
