package dev.weft.gpu.emulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.error.DeviceMemoryException;
import dev.weft.gpu.device.CudaDevice;
import dev.weft.gpu.workload.AllocationCycles;
import dev.weft.gpu.workload.FaultyDriver;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/** The pool of a device: accounting, limits, reuse. */
@EnabledIf(value = "dev.weft.gpu.emulate.Emulation#hasCompiler", disabledReason = Emulation.NOT_RUN)
@Timeout(600)
class DeviceMemoryTest {
  private static final long MIB = 1L << 20;

  private static EmulatedGpu open(long memory, long limit) {
    EmulatedDriver driver = new EmulatedDriver(Emulation.kernels(), memory, true);
    return EmulatedGpu.open(driver, driver, limit);
  }

  @Test
  void tenThousandCyclesOnFourThreadsEndAtNothing() throws Exception {
    long limit = 64 * MIB;
    try (EmulatedGpu gpu = open(256 * MIB, limit)) {
      System.out.println("cuda, emulated: " + AllocationCycles.run(gpu.device()));
      assertThat(gpu.device().memory().live()).isZero();
      assertThat(gpu.device().memory().peak()).isBetween(MIB, limit);
      assertThat(gpu.device().memory().pooled()).isLessThanOrEqualTo(limit);
    }
  }

  @Test
  void theLimitIsTheSmallerOfTheUsersAndTheGpus() {
    try (EmulatedGpu gpu = open(100 * MIB, 10 * MIB)) {
      assertThat(gpu.device().memory().limit()).isEqualTo(10 * MIB);
    }
    try (EmulatedGpu gpu = open(100 * MIB, 1000 * MIB)) {
      assertThat(gpu.device().memory().limit()).isEqualTo(92 * MIB);
    }
  }

  @Test
  void partsShareMemoryUntilTheLastIsClosed() {
    try (EmulatedGpu gpu = open(100 * MIB, 10 * MIB)) {
      List<DeviceBuffer> parts = gpu.device().allocate(3, 100);
      long first = parts.getFirst().memory().address();
      assertThat(parts)
          .extracting(part -> part.memory().address() - first)
          .containsExactly(0L, 128L, 256L);
      parts.get(0).close();
      parts.get(2).close();
      assertThat(gpu.device().memory().live()).isEqualTo(512);
      parts.get(1).close();
      assertThat(gpu.device().memory().live()).isZero();
    }
  }

  @Test
  void aRequestBeyondTheLimitIsRefusedWithTheNumbers() {
    try (EmulatedGpu gpu = open(100 * MIB, 10 * MIB);
        DeviceBuffer held = gpu.device().allocate(6 * MIB)) {
      assertThat(held.bytes()).isEqualTo(6 * MIB);
      assertThatThrownBy(() -> gpu.device().allocate(5 * MIB))
          .isInstanceOf(DeviceMemoryException.class)
          .hasMessage(
              "cuda:0: no room for a buffer of 5.0 MiB: 6.0 MiB of the limit of 10.0 MiB are in use."
                  + " Free buffers, use smaller chunks, or raise the memory limit.");
      assertThat(gpu.device().memory().live()).isEqualTo(6 * MIB);
    }
  }

  @Test
  void pooledMemoryGoesBackBeforeARequestIsRefused() {
    try (EmulatedGpu gpu = open(100 * MIB, 10 * MIB)) {
      CudaDevice device = gpu.device();
      device.allocate(6 * MIB).close();
      assertThat(device.memory().pooled()).isEqualTo(6 * MIB);
      device.allocate(8 * MIB).close();
      assertThat(device.memory().pooled()).isEqualTo(8 * MIB);
    }
  }

  /** Another program takes what was free when the device was opened. */
  @Test
  void aFullGpuIsAskedOnceMoreAfterPooledMemoryWentBack() throws Exception {
    EmulatedDriver driver = new EmulatedDriver(Emulation.kernels(), 100 * MIB, true);
    try (EmulatedGpu gpu = EmulatedGpu.open(driver, driver, EmulatedGpu.MEMORY)) {
      CudaDevice device = gpu.device();
      device.allocate(30 * MIB).close();
      driver.makeCurrent();
      var theirs = driver.stream();
      long taken = driver.allocate(60 * MIB, theirs);
      // 30 MiB are pooled and 10 free.
      device.allocate(35 * MIB).close();
      assertThat(device.memory().pooled()).isEqualTo(36 * MIB);
      assertThatThrownBy(() -> device.allocate(45 * MIB))
          .isInstanceOf(DeviceMemoryException.class)
          .hasMessageContaining(
              "no room for a buffer of 45.0 MiB: the GPU has 40.0 MiB of 100.0 MiB free")
          .hasMessageContaining("End other programs on the GPU");
      assertThat(device.memory().live()).isZero();
      driver.free(taken, theirs);
      driver.destroy(theirs);
    }
  }

  @Test
  void memoryIsReusedWithoutTheDriver() {
    EmulatedDriver driver = new EmulatedDriver(Emulation.kernels(), 100 * MIB, true);
    FaultyDriver counting = new FaultyDriver(driver, 0, 0, true, driver::lose);
    try (EmulatedGpu gpu = EmulatedGpu.open(driver, counting.calling(), EmulatedGpu.MEMORY)) {
      gpu.device().allocate(5000).close();
      // What began before, on threads of the device, may still call the driver in some of the
      // rounds.
      long least = Long.MAX_VALUE;
      for (int round = 0; round < 5; round++) {
        long before = counting.calls();
        for (int i = 0; i < 100; i++) {
          // The same class of sizes.
          gpu.device().allocate(4700 + i).close();
        }
        least = Math.min(least, counting.calls() - before);
      }
      assertThat(least).isZero();
    }
  }
}
