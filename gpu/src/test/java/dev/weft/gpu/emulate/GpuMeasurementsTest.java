package dev.weft.gpu.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.gpu.device.GpuMeasurements;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** That {@code bench/gpu/compare} would measure and check; the numbers mean nothing here. */
@EnabledIf(value = "dev.weft.gpu.emulate.Emulation#hasCompiler", disabledReason = Emulation.NOT_RUN)
class GpuMeasurementsTest {
  @Test
  void everythingIsMeasuredAndRight() throws Exception {
    EmulatedDriver driver = new EmulatedDriver(Emulation.kernels(), EmulatedGpu.MEMORY, true);
    Map<String, Double> found =
        new GpuMeasurements(
                EmulatedGpu.parts(driver, new EmulatedNvrtc(), EmulatedGpu.MEMORY), 50_001, 70, 3)
            .measure();
    assertThat(found)
        .containsKeys(
            "pinned_in_gb_per_s",
            "launch_call_us",
            "kernel_ms.sum_sqrt.float64",
            "kernel_ms.exp_sin.float32",
            "matmul_tflops.float64")
        .hasSize(4 + 2 * (2 + 3 * 5 + 2))
        .allSatisfy((name, value) -> assertThat(value).as(name).isPositive());
    assertThat(driver.misuses()).isEmpty();
  }
}
