package dev.weft.gpu.emulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.DeviceLostException;
import dev.weft.core.error.InternalException;
import dev.weft.gpu.device.CudaDevice;
import dev.weft.gpu.workload.SampleJob;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/** What a device does beyond computing: asynchrony, many threads, closing, refusals. */
@EnabledIf(value = "dev.weft.gpu.emulate.Emulation#hasCompiler", disabledReason = Emulation.NOT_RUN)
@Timeout(600)
class CudaDeviceTest {
  private static final int LENGTH = 10_000;

  @Test
  void aMapAndAReductionRunWithTheRightAnswer() throws Exception {
    try (EmulatedGpu gpu = EmulatedGpu.open()) {
      assertThat(SampleJob.run(gpu.device(), LENGTH)).isEqualTo(SampleJob.expected(LENGTH));
    }
  }

  @Test
  void withoutMemoryPoolsToo() throws Exception {
    EmulatedDriver driver = new EmulatedDriver(Emulation.kernels(), EmulatedGpu.MEMORY, false);
    try (EmulatedGpu gpu = EmulatedGpu.open(driver, driver, EmulatedGpu.MEMORY)) {
      assertThat(SampleJob.run(gpu.device(), LENGTH)).isEqualTo(SampleJob.expected(LENGTH));
      assertThat(gpu.device().info().details().get("allocation")).contains("no memory pools");
    }
  }

  @Test
  void launchesAndCopiesReturnBeforeTheyEnd() throws Exception {
    try (EmulatedGpu gpu = EmulatedGpu.open();
        Arena arena = Arena.ofShared();
        DeviceBuffer x = gpu.device().allocate(LENGTH * 8);
        DeviceBuffer y = gpu.device().allocate(LENGTH * 8)) {
      gpu.driver().pause();
      CompletableFuture<@Nullable Void> copied = new CompletableFuture<>();
      CompletableFuture<@Nullable Void> launched = new CompletableFuture<>();
      MemorySegment values = arena.allocate(LENGTH * 8, 8);
      gpu.device().copyIn(SampleJob.block(values, LENGTH), y, SampleJob.end(copied));
      SampleJob.square(gpu.device(), x, x, LENGTH, SampleJob.end(launched));
      assertThatThrownBy(() -> launched.get(50, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      assertThat(copied).isNotDone();
      gpu.driver().resume();
      copied.get(300, TimeUnit.SECONDS);
      launched.get(300, TimeUnit.SECONDS);
    }
  }

  @Test
  void manyThreadsCompileOnceAndComputeRight() throws Exception {
    int threads = 8;
    try (EmulatedGpu gpu = EmulatedGpu.open();
        ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<Double>> answers = new ArrayList<>();
      for (int i = 0; i < 10 * threads; i++) {
        int n = 1_000 + 97 * i;
        answers.add(pool.submit(() -> SampleJob.run(gpu.device(), n)));
      }
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get()).isEqualTo(SampleJob.expected(1_000 + 97 * i));
      }
      assertThat(gpu.nvrtc().compilations).hasValue(2);
      assertThat(gpu.device().memory().live()).isZero();
      System.out.printf(
          "cuda, emulated: %d jobs on %d threads, %d launches, %d compilations%n",
          answers.size(), threads, gpu.driver().launches(), gpu.nvrtc().compilations.get());
    }
  }

  @Test
  void closingLetsPendingWorkEndAndRefusesNewWork() throws Exception {
    EmulatedGpu gpu = EmulatedGpu.open();
    CudaDevice device = gpu.device();
    DeviceBuffer x = device.allocate(LENGTH * 8);
    SampleJob.await(end -> SampleJob.square(device, x, x, LENGTH, end));
    gpu.driver().pause();
    CompletableFuture<@Nullable Void> pending = new CompletableFuture<>();
    SampleJob.square(
        device,
        x,
        x,
        LENGTH,
        failure -> {
          x.close();
          SampleJob.end(pending).done(failure);
        });
    try (ExecutorService closer = Executors.newSingleThreadExecutor()) {
      Future<?> closed = closer.submit(gpu::close);
      assertThatThrownBy(() -> closed.get(50, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      assertThatThrownBy(() -> SampleJob.await(end -> device.execute(() -> {}, end)))
          .isInstanceOf(DeviceException.class)
          .hasMessage("execute: cuda:0 is closed");
      gpu.driver().resume();
      closed.get(300, TimeUnit.SECONDS);
    }
    assertThat(pending).isCompleted();
  }

  @Test
  void whatTheCompilerRefusesIsTold() {
    try (EmulatedGpu gpu = EmulatedGpu.open()) {
      gpu.nvrtc().refused = "__global__";
      assertThatThrownBy(() -> gpu.device().compile(SampleJob.SQUARE))
          .isExactlyInstanceOf(DeviceException.class)
          .hasMessageContaining("cuda:0: NVRTC refused kernel ")
          .hasMessageContaining("for sm_80: NVRTC_ERROR_COMPILATION: line 1: __global__");
    }
  }

  @Test
  void aContextThatIsLostWhileAKernelRunsFailsEverything() throws Exception {
    try (EmulatedGpu gpu = EmulatedGpu.open();
        Arena arena = Arena.ofShared()) {
      CudaDevice device = gpu.device();
      DeviceBuffer x = device.allocate(LENGTH * 8);
      MemorySegment values = arena.allocate(LENGTH * 8, 8);
      gpu.driver().pause();
      List<CompletableFuture<@Nullable Void>> pending = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        CompletableFuture<@Nullable Void> launched = new CompletableFuture<>();
        CompletableFuture<@Nullable Void> copied = new CompletableFuture<>();
        SampleJob.square(device, x, x, LENGTH, SampleJob.end(launched));
        device.copyOut(x, SampleJob.block(values, LENGTH), SampleJob.end(copied));
        pending.addAll(List.of(launched, copied));
      }
      gpu.driver().lose(719);
      gpu.driver().resume();
      for (CompletableFuture<@Nullable Void> one : pending) {
        assertThatThrownBy(() -> one.get(300, TimeUnit.SECONDS))
            .hasCauseInstanceOf(DeviceLostException.class)
            .hasMessageContaining("cuda:0 is lost")
            .hasMessageContaining("(719)");
      }
      assertThatThrownBy(() -> device.allocate(8)).isInstanceOf(DeviceLostException.class);
      assertThatThrownBy(() -> SampleJob.await(end -> SampleJob.square(device, x, x, 8, end)))
          .isInstanceOf(DeviceLostException.class);
      x.close();
    }
  }

  @Test
  void foreignAndClosedBuffersAreRefused() throws Exception {
    try (EmulatedGpu gpu = EmulatedGpu.open();
        EmulatedGpu other = EmulatedGpu.open();
        Arena arena = Arena.ofShared()) {
      MemorySegment values = arena.allocate(16, 8);
      DeviceBuffer theirs = other.device().allocate(16);
      DeviceBuffer closed = gpu.device().allocate(16);
      closed.close();
      DeviceBuffer shorter = gpu.device().allocate(8);
      for (DeviceBuffer wrong : List.of(theirs, closed, shorter)) {
        assertThatThrownBy(
                () ->
                    SampleJob.await(
                        end -> gpu.device().copyIn(SampleJob.block(values, 2), wrong, end)))
            .isInstanceOf(InternalException.class);
      }
      assertThatThrownBy(closed::close).isInstanceOf(InternalException.class);
      theirs.close();
      shorter.close();
    }
  }

  @Test
  void hostTasksRunAndTheirFailuresAreTold() throws Exception {
    try (EmulatedGpu gpu = EmulatedGpu.open()) {
      Device device = gpu.device();
      SampleJob.await(end -> device.execute(() -> {}, end));
      assertThatThrownBy(
              () ->
                  SampleJob.await(
                      end ->
                          device.execute(
                              () -> {
                                throw new IllegalStateException("a user's code");
                              },
                              end)))
          .hasMessage("a user's code");
    }
  }

  @Test
  void ofSeveralLaunchesTheOneIsNamedThatCannotStart() throws Exception {
    try (EmulatedGpu gpu = EmulatedGpu.open();
        DeviceBuffer x = gpu.device().allocate(80);
        DeviceBuffer sum = gpu.device().allocate(8)) {
      CompletableFuture<Integer> failed = new CompletableFuture<>();
      gpu.device()
          .launch(
              gpu.device().compile(SampleJob.SUM),
              List.of(SampleJob.sum(x, sum, 10), SampleJob.sum(x, sum, 1L << 31)),
              (at, failure) -> {
                assertThat(failure).isInstanceOf(DeviceException.class);
                failed.complete(at);
              });
      assertThat(failed.get(60, TimeUnit.SECONDS)).isEqualTo(1);
      assertThat(gpu.driver().launches()).isZero();
      assertThat(gpu.device().memory().live()).isEqualTo(1024);
    }
  }

  @Test
  void leaksAreReportedAndGivenBack() {
    EmulatedGpu gpu = EmulatedGpu.open();
    DeviceBuffer leaked = gpu.device().allocate(1 << 20);
    assertThatThrownBy(gpu.device()::close)
        .isInstanceOf(DeviceException.class)
        .hasMessage("close: cuda:0: 1 buffers of 1.0 MiB together were never closed");
    assertThat(gpu.driver().misuses()).isEmpty();
    leaked.close();
  }

  @Test
  void copiedElementsComeBack() throws Exception {
    try (EmulatedGpu gpu = EmulatedGpu.open();
        Arena arena = Arena.ofShared();
        DeviceBuffer x = gpu.device().allocate(24)) {
      MemorySegment values = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, 1, 2, 3);
      MemorySegment back = arena.allocate(24, 8);
      SampleJob.await(end -> gpu.device().copyIn(SampleJob.block(values, 3), x, end));
      SampleJob.await(end -> gpu.device().copyOut(x, SampleJob.block(back, 3), end));
      assertThat(back.toArray(ValueLayout.JAVA_DOUBLE)).containsExactly(1, 2, 3);
    }
  }
}
