package dev.weft.cpu;

import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceOptions;
import dev.weft.cpu.compile.TieringPolicy;
import dev.weft.testkit.device.SlabSuite;

/** On code that does not change, as between the scalar and the vector form of exp it would. */
class CpuSlabTest extends SlabSuite {
  @Override
  protected Device open() {
    return CpuDevice.open(new DeviceOptions(2, 1L << 28, true, 0), TieringPolicy.Start.VECTOR);
  }
}
