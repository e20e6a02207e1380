package dev.weft.gpu.emulate;

import dev.weft.core.device.Device;
import dev.weft.testkit.device.SlabSuite;
import org.junit.jupiter.api.condition.EnabledIf;

/** Chunks that share a launch of the CUDA text, few blocks each. */
@EnabledIf(value = "dev.weft.gpu.emulate.Emulation#hasCompiler", disabledReason = Emulation.NOT_RUN)
class EmulatedSlabTest extends SlabSuite {
  @Override
  protected Device open() {
    return Emulation.device(3);
  }
}
