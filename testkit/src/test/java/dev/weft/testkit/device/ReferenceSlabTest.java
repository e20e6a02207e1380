package dev.weft.testkit.device;

import dev.weft.core.device.Device;
import dev.weft.core.reference.ReferenceDevice;

class ReferenceSlabTest extends SlabSuite {
  @Override
  protected Device open() {
    return new ReferenceDevice(1 << 28);
  }
}
