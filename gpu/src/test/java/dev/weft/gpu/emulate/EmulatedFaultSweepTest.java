package dev.weft.gpu.emulate;

import dev.weft.core.device.Device;
import dev.weft.core.device.FarDevice;
import dev.weft.core.reference.ReferenceDevice;
import dev.weft.gpu.workload.LentDevice;
import dev.weft.testkit.device.FaultSweep;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;

/** What {@code bench/gpu/check} runs on a GPU, on the emulated driver. */
@EnabledIf(value = "dev.weft.gpu.emulate.Emulation#hasCompiler", disabledReason = Emulation.NOT_RUN)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmulatedFaultSweepTest extends FaultSweep {
  private final EmulatedGpu gpu = EmulatedGpu.open();

  @AfterAll
  void close() {
    gpu.close();
  }

  @Override
  protected Device host() {
    return new ReferenceDevice(1 << 28);
  }

  @Override
  protected FarDevice far() {
    return new LentDevice(gpu.device());
  }

  /** The exponential of one job is within 2 units in the last place. */
  @Override
  protected double tolerance() {
    return 0x1p-50;
  }
}
