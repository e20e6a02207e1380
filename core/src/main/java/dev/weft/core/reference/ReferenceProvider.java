package dev.weft.core.reference;

import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceOptions;
import dev.weft.core.device.DeviceProvider;

/** Opens the {@link ReferenceDevice}; runs everywhere and is preferred to nothing. */
public final class ReferenceProvider implements DeviceProvider {
  @Override
  public String name() {
    return "reference";
  }

  @Override
  public int rank() {
    return Integer.MAX_VALUE;
  }

  @Override
  public Availability probe() {
    return new Availability.Usable("one element at a time, in plain Java");
  }

  @Override
  public Device open(DeviceOptions options) {
    return new ReferenceDevice(options.memoryLimit());
  }
}
