package dev.weft.testkit.conformance;

import dev.weft.core.device.Device;
import dev.weft.core.reference.ReferenceDevice;

final class ReferenceGeneratorConformanceTest extends GeneratorConformance {
  @Override
  protected Device open() {
    return new ReferenceDevice(1L << 30);
  }
}
