package dev.weft.testkit.conformance;

import dev.weft.core.device.Device;
import dev.weft.core.reference.ReferenceDevice;

final class ReferenceReductionConformanceTest extends ReductionConformance {
  @Override
  protected Device open() {
    return new ReferenceDevice(1L << 30);
  }
}
