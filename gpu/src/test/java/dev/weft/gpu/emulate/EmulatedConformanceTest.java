package dev.weft.gpu.emulate;

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

/** The suites that every device passes, on the CUDA text under the machine's C++ compiler. */
@EnabledIf(value = "dev.weft.gpu.emulate.Emulation#hasCompiler", disabledReason = Emulation.NOT_RUN)
final class EmulatedConformanceTest {
  private static final List<EmulatedDevice> DEVICES = new ArrayList<>();

  @BeforeAll
  static void compile() {
    long start = System.nanoTime();
    Emulation.kernels().compileAll(Emulation.conformance());
    System.out.printf("host emulation: compiled in %.1f s%n", (System.nanoTime() - start) / 1e9);
  }

  @AfterAll
  static void count() {
    long launches = DEVICES.stream().mapToLong(EmulatedDevice::launches).sum();
    System.out.printf(
        "host emulation: %d kernels with %d entry points compiled, %d operations, %d launches%n",
        Emulation.kernels().count(),
        Emulation.kernels().entryPoints(),
        ElementwiseOps.withInternal().size(),
        launches);
  }

  private static Device device() {
    EmulatedDevice device = new EmulatedDevice(Emulation.kernels(), 2);
    DEVICES.add(device);
    return device;
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
