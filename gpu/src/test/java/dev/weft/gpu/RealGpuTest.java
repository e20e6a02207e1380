package dev.weft.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.device.Device;
import dev.weft.core.device.FarDevice;
import dev.weft.core.error.DeviceException;
import dev.weft.core.reference.ReferenceDevice;
import dev.weft.gpu.device.CudaDevice;
import dev.weft.gpu.device.CudaParts;
import dev.weft.gpu.driver.CudaError;
import dev.weft.gpu.workload.AllocationCycles;
import dev.weft.gpu.workload.FaultyDriver;
import dev.weft.gpu.workload.LentDevice;
import dev.weft.gpu.workload.SampleJob;
import dev.weft.testkit.conformance.GeneratorConformance;
import dev.weft.testkit.conformance.LibraryConformance;
import dev.weft.testkit.conformance.OpConformance;
import dev.weft.testkit.conformance.ReductionConformance;
import dev.weft.testkit.device.FaultSweep;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;

/** What the emulation passes, on the GPU of this machine. Run alone by {@code bench/gpu/check}. */
@EnabledIf(value = "dev.weft.gpu.RealGpu#isUsable", disabledReason = RealGpu.NOT_RUN)
final class RealGpuTest {
  private static final int LENGTH = 1_000_000;

  @Test
  void aJobHasTheRightAnswer() throws Exception {
    try (CudaDevice device = RealGpu.open()) {
      assertThat(SampleJob.run(device, LENGTH)).isEqualTo(SampleJob.expected(LENGTH));
    }
  }

  @Test
  void tenThousandCyclesOfAllocation() throws Exception {
    try (CudaDevice device = RealGpu.open()) {
      System.out.println("cuda: " + AllocationCycles.run(device));
    }
  }

  /** Errors that leave the context as it is; those that lose it would end the process's GPU. */
  @Test
  void aFailureOfEveryCall() throws Exception {
    Map<String, Integer> outcomes = new TreeMap<>();
    long calls = job(0, outcomes);
    for (long k = 1; k <= calls; k++) {
      job(k, outcomes);
    }
    System.out.printf(
        "cuda: out of memory once at each of %d calls of the driver: %s%n", calls, outcomes);
    assertThat(outcomes).containsKey("right answer");
  }

  private static long job(long failing, Map<String, Integer> outcomes) throws Exception {
    CudaParts parts = RealGpu.parts();
    FaultyDriver faulty =
        new FaultyDriver(parts.driver(), failing, CudaError.OUT_OF_MEMORY, true, code -> {});
    CudaParts failingParts =
        new CudaParts(
            faulty.calling(),
            parts.nvrtc(),
            parts.cublas(),
            parts.cubins(),
            parts.memoryLimit(),
            parts.details());
    String outcome;
    try (CudaDevice device = CudaDevice.open(failingParts)) {
      double answer = SampleJob.run(device, LENGTH);
      assertThat(answer).isEqualTo(SampleJob.expected(LENGTH));
      outcome = "right answer";
    } catch (DeviceException failure) {
      outcome = failure.getClass().getSimpleName();
    }
    if (failing > 0) {
      outcomes.merge(outcome, 1, Integer::sum);
    }
    return faulty.calls();
  }

  /** Faults between the scheduler and the device: the GPU itself stays well throughout. */
  @Nested
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  final class Faults extends FaultSweep {
    private final CudaDevice device = RealGpu.open();

    @AfterAll
    void close() {
      device.close();
    }

    @Override
    protected Device host() {
      return new ReferenceDevice(1 << 28);
    }

    @Override
    protected FarDevice far() {
      return new LentDevice(device);
    }

    /** The exponential of one job is within 2 units in the last place. */
    @Override
    protected double tolerance() {
      return 0x1p-50;
    }
  }

  @Nested
  final class Ops extends OpConformance {
    @Override
    protected Device open() {
      return RealGpu.open();
    }

    @Override
    protected boolean refusesElements() {
      return false;
    }
  }

  @Nested
  final class Reductions extends ReductionConformance {
    @Override
    protected Device open() {
      return RealGpu.open();
    }
  }

  @Nested
  final class Generators extends GeneratorConformance {
    @Override
    protected Device open() {
      return RealGpu.open();
    }
  }

  @Nested
  final class Libraries extends LibraryConformance {
    @Override
    protected Device open() {
      return RealGpu.open();
    }
  }
}
