package dev.weft.gpu.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.device.Device;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.testkit.conformance.GeneratorConformance;
import dev.weft.testkit.conformance.LibraryConformance;
import dev.weft.testkit.conformance.OpConformance;
import dev.weft.testkit.conformance.ReductionConformance;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The suites that every device passes, on the CUDA device over an emulated driver: the CUDA text
 * runs under the machine's C++ compiler.
 */
@EnabledIf(value = "dev.weft.gpu.emulate.Emulation#hasCompiler", disabledReason = Emulation.NOT_RUN)
final class EmulatedConformanceTest {
  private static final List<EmulatedGpu> GPUS = new ArrayList<>();

  @BeforeAll
  static void compile() {
    long start = System.nanoTime();
    Emulation.kernels().compileAll(Emulation.conformance());
    System.out.printf("host emulation: compiled in %.1f s%n", (System.nanoTime() - start) / 1e9);
  }

  @AfterAll
  static void count() {
    long launches = GPUS.stream().mapToLong(gpu -> gpu.driver().launches()).sum();
    System.out.printf(
        "host emulation: %d kernels with %d entry points compiled, %d operations, %d launches%n",
        Emulation.kernels().count(),
        Emulation.kernels().entryPoints(),
        ElementwiseOps.withInternal().size(),
        launches);
    for (EmulatedGpu gpu : GPUS) {
      // Each suite has closed its device.
      assertThat(gpu.driver().misuses()).as("misuse of the driver").isEmpty();
    }
  }

  private static Device device() {
    EmulatedGpu gpu = EmulatedGpu.open();
    GPUS.add(gpu);
    return gpu.device();
  }

  @Nested
  final class Ops extends OpConformance {
    @Override
    protected Device open() {
      return device();
    }

    /** A GPU cannot stop a launch at an element; the row's result is then open. */
    @Override
    protected boolean refusesElements() {
      return false;
    }
  }

  @Nested
  final class Reductions extends ReductionConformance {
    @Override
    protected Device open() {
      return device();
    }
  }

  @Nested
  final class Generators extends GeneratorConformance {
    @Override
    protected Device open() {
      return device();
    }
  }

  @Nested
  final class Libraries extends LibraryConformance {
    @Override
    protected Device open() {
      return device();
    }
  }
}
