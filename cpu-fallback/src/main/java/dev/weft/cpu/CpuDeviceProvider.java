package dev.weft.cpu;

import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceOptions;
import dev.weft.core.device.DeviceProvider;
import dev.weft.core.device.MachineLimits;

/** Opens the device on the cores of this machine; it can always be opened. */
public final class CpuDeviceProvider implements DeviceProvider {
  /** Made by the service loader. */
  public CpuDeviceProvider() {}

  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public int rank() {
    return 100;
  }

  @Override
  public Availability probe() {
    int cores = MachineLimits.ofThisProcess().cores();
    return new Availability.Usable(cores + (cores == 1 ? " core" : " cores"));
  }

  @Override
  public Device open(DeviceOptions options) {
    return CpuDevice.open(options);
  }
}
