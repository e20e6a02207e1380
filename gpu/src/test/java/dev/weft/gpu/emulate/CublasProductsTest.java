package dev.weft.gpu.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.CompiledKernel;
import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.Operand;
import dev.weft.core.dtype.DType;
import dev.weft.core.kernel.LibraryKernel;
import dev.weft.core.kernel.LibraryKernel.Routine;
import dev.weft.gpu.workload.SampleJob;
import dev.weft.testkit.conformance.LibraryConformance;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Products by way of cuBLAS, in all layouts of the suite, and where cuBLAS does not open. */
@EnabledIf(value = "dev.weft.gpu.emulate.Emulation#hasCompiler", disabledReason = Emulation.NOT_RUN)
final class CublasProductsTest {
  private static final EmulatedDriver DRIVER = driver();
  private static final EmulatedCublas CUBLAS = new EmulatedCublas(DRIVER, true);
  private static final EmulatedDriver WITHOUT = driver();

  private static EmulatedDriver driver() {
    return new EmulatedDriver(Emulation.kernels(), EmulatedGpu.MEMORY, true);
  }

  /** The suites have closed their devices. */
  @AfterAll
  static void nothingIsLeft() {
    System.out.printf("cuda, emulated: %d products by cuBLAS's interface%n", CUBLAS.products.get());
    assertThat(CUBLAS.products).hasPositiveValue();
    assertThat(CUBLAS.open).hasValue(0);
    assertThat(DRIVER.misuses()).isEmpty();
    assertThat(WITHOUT.misuses()).isEmpty();
  }

  @Nested
  final class Opening extends LibraryConformance {
    @Override
    protected Device open() {
      return EmulatedGpu.open(DRIVER, CUBLAS).device();
    }
  }

  @Nested
  final class NotOpening extends LibraryConformance {
    @Override
    protected Device open() {
      return EmulatedGpu.open(WITHOUT, new EmulatedCublas(WITHOUT, false)).device();
    }
  }

  @Test
  void theReasonForOurOwnKernelIsTold() throws Exception {
    EmulatedDriver driver = driver();
    try (EmulatedGpu gpu = EmulatedGpu.open(driver, new EmulatedCublas(driver, false))) {
      assertThat(gpu.device().info().details())
          .containsEntry("matrix products", "products in plain Java");
      long[] steps = {8, 8};
      try (DeviceBuffer x = gpu.device().allocate(8);
          DeviceBuffer y = gpu.device().allocate(8)) {
        Operand one = Operand.of(x.memory(), 0, steps);
        CompiledKernel product =
            gpu.device().compile(new LibraryKernel(Routine.MATMUL, DType.FLOAT64));
        SampleJob.await(
            end ->
                gpu.device()
                    .launch(
                        product,
                        Arguments.map(
                            new long[] {1, 1, 1},
                            List.of(one, one),
                            List.of(Operand.of(y.memory(), 0, steps)),
                            new long[] {1}),
                        end));
      }
      assertThat(gpu.device().info().details())
          .containsEntry(
              "matrix products",
              "tiled kernel of Weft's own: cuBLAS: cublasCreate failed: CUBLAS_STATUS_NOT_INITIALIZED");
    }
  }
}
