package dev.weft.cpu;

import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceOptions;
import dev.weft.cpu.compile.TieringPolicy;
import dev.weft.testkit.conformance.GeneratorConformance;
import dev.weft.testkit.conformance.LibraryConformance;
import dev.weft.testkit.conformance.OpConformance;
import dev.weft.testkit.conformance.ReductionConformance;
import dev.weft.testkit.device.EmulatedFarDevice;
import org.junit.jupiter.api.Nested;

/** The suites that every device passes, with the scalar and with the vector loops. */
final class CpuConformanceTest {
  private static Device scalar() {
    return CpuDevice.open(new DeviceOptions(1, 1L << 30, false, 0));
  }

  private static Device vector() {
    return CpuDevice.open(new DeviceOptions(2, 1L << 30, true, 0), TieringPolicy.Start.VECTOR);
  }

  @Nested
  final class ScalarOps extends OpConformance {
    @Override
    protected Device open() {
      return scalar();
    }
  }

  @Nested
  final class VectorOps extends OpConformance {
    @Override
    protected Device open() {
      return vector();
    }
  }

  @Nested
  final class ScalarReductions extends ReductionConformance {
    @Override
    protected Device open() {
      return scalar();
    }
  }

  @Nested
  final class VectorReductions extends ReductionConformance {
    @Override
    protected Device open() {
      return vector();
    }
  }

  @Nested
  final class Libraries extends LibraryConformance {
    @Override
    protected Device open() {
      return vector();
    }
  }

  @Nested
  final class ScalarGenerators extends GeneratorConformance {
    @Override
    protected Device open() {
      return scalar();
    }
  }

  @Nested
  final class VectorGenerators extends GeneratorConformance {
    @Override
    protected Device open() {
      return vector();
    }
  }

  /** In memory that the host cannot reach, where every operand is checked to be in a buffer. */
  @Nested
  final class FarOps extends OpConformance {
    @Override
    protected Device open() {
      return new EmulatedFarDevice("far:0", vector());
    }
  }

  /** In memory that the host cannot reach, where every operand is checked to be in a buffer. */
  @Nested
  final class FarReductions extends ReductionConformance {
    @Override
    protected Device open() {
      return new EmulatedFarDevice("far:0", vector());
    }
  }

  /** In memory that the host cannot reach, where every operand is checked to be in a buffer. */
  @Nested
  final class FarLibraries extends LibraryConformance {
    @Override
    protected Device open() {
      return new EmulatedFarDevice("far:0", vector());
    }
  }

  /** In memory that the host cannot reach, where every operand is checked to be in a buffer. */
  @Nested
  final class FarGenerators extends GeneratorConformance {
    @Override
    protected Device open() {
      return new EmulatedFarDevice("far:0", vector());
    }
  }
}
