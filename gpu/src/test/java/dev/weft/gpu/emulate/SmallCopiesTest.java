package dev.weft.gpu.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.FarDevice.CopyOut;
import dev.weft.core.device.HostBlock;
import dev.weft.core.error.DeviceException;
import dev.weft.gpu.driver.CudaDriver;
import dev.weft.gpu.driver.CudaError;
import dev.weft.gpu.workload.SampleJob;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies of a few bytes each that come together. */
@EnabledIf(value = "dev.weft.gpu.emulate.Emulation#hasCompiler", disabledReason = Emulation.NOT_RUN)
@Timeout(300)
final class SmallCopiesTest {
  private static final int COUNT = 100;

  private final EmulatedDriver driver =
      new EmulatedDriver(Emulation.kernels(), EmulatedGpu.MEMORY, true);
  private final CountedCalls calls = new CountedCalls(driver);

  /** Buffers of two numbers each, the number of the buffer and its negative. */
  private static void fill(EmulatedGpu gpu, List<DeviceBuffer> buffers, Arena arena)
      throws Exception {
    for (int i = 0; i < buffers.size(); i++) {
      MemorySegment numbers = arena.allocateFrom(ValueLayout.JAVA_LONG, i, -i);
      HostBlock block = HostBlock.dense(numbers, new long[] {2}, 8);
      DeviceBuffer buffer = buffers.get(i);
      SampleJob.await(end -> gpu.device().copyIn(block, buffer, end));
    }
  }

  /** Copies them all at once into one array; how each of them ended. */
  private static List<@Nullable Throwable> copy(
      EmulatedGpu gpu, List<DeviceBuffer> buffers, MemorySegment to) throws Exception {
    List<CompletableFuture<@Nullable Throwable>> ends = new ArrayList<>();
    List<CopyOut> copies = new ArrayList<>();
    for (int i = 0; i < buffers.size(); i++) {
      CompletableFuture<@Nullable Throwable> end = new CompletableFuture<>();
      ends.add(end);
      HostBlock block = HostBlock.dense(to.asSlice(16L * i, 16), new long[] {2}, 8);
      copies.add(new CopyOut(buffers.get(i), block, end::complete));
    }
    gpu.device().copyOut(copies);
    List<@Nullable Throwable> outcomes = new ArrayList<>();
    for (CompletableFuture<@Nullable Throwable> end : ends) {
      outcomes.add(end.get(60, TimeUnit.SECONDS));
    }
    return outcomes;
  }

  private static void assertFilled(MemorySegment to) {
    for (int i = 0; i < COUNT; i++) {
      assertThat(to.getAtIndex(ValueLayout.JAVA_LONG, 2 * i)).isEqualTo(i);
      assertThat(to.getAtIndex(ValueLayout.JAVA_LONG, 2 * i + 1)).isEqualTo(-i);
    }
  }

  @Test
  void whatLiesSideBySideComesByOneCall() throws Exception {
    try (EmulatedGpu gpu = EmulatedGpu.open(driver, calls.calling(), EmulatedGpu.MEMORY);
        Arena arena = Arena.ofShared()) {
      List<DeviceBuffer> buffers = gpu.device().allocate(16, COUNT);
      fill(gpu, buffers, arena);
      MemorySegment to = arena.allocate(16L * COUNT, 64);
      calls.reset();
      assertThat(copy(gpu, buffers, to)).containsOnlyNulls();
      assertThat(calls.of("copyOut")).isEqualTo(1);
      assertThat(calls.of("record")).isEqualTo(1);
      assertFilled(to);
      long live = gpu.device().memory().live();
      buffers.subList(1, COUNT).forEach(DeviceBuffer::close);
      assertThat(gpu.device().memory().live()).isEqualTo(live);
      buffers.getFirst().close();
      assertThat(gpu.device().memory().live()).isZero();
    }
  }

  @Test
  void whatDoesNotNeedsACallEachAndOneEvent() throws Exception {
    try (EmulatedGpu gpu = EmulatedGpu.open(driver, calls.calling(), EmulatedGpu.MEMORY);
        Arena arena = Arena.ofShared()) {
      List<DeviceBuffer> buffers = new ArrayList<>();
      for (int i = 0; i < COUNT; i++) {
        buffers.add(gpu.device().allocate(16));
      }
      fill(gpu, buffers, arena);
      MemorySegment to = arena.allocate(16L * COUNT, 64);
      calls.reset();
      assertThat(copy(gpu, buffers, to)).containsOnlyNulls();
      assertThat(calls.of("copyOut")).isEqualTo(COUNT);
      assertThat(calls.of("record")).isEqualTo(1);
      assertFilled(to);
      buffers.forEach(DeviceBuffer::close);
    }
  }

  /** What was begun before a call that fails still writes to pinned memory. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 50, COUNT})
  void aFailureIsToldToAllWhenNothingIsUnderWay(int call) throws Exception {
    AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
    CudaDriver failing =
        (CudaDriver)
            Proxy.newProxyInstance(
                CudaDriver.class.getClassLoader(),
                new Class<?>[] {CudaDriver.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("copyOut") && left.decrementAndGet() == 0) {
                    throw new CudaError("copyOut", CudaError.OUT_OF_MEMORY, "CUDA_ERROR_INJECTED");
                  }
                  return method.invoke(driver, arguments);
                });
    try (EmulatedGpu gpu = EmulatedGpu.open(driver, failing, EmulatedGpu.MEMORY);
        Arena arena = Arena.ofShared()) {
      List<DeviceBuffer> buffers = new ArrayList<>();
      for (int i = 0; i < COUNT; i++) {
        buffers.add(gpu.device().allocate(16));
      }
      fill(gpu, buffers, arena);
      driver.delay(100_000);
      MemorySegment to = arena.allocate(16L * COUNT, 64);
      left.set(call);
      assertThat(copy(gpu, buffers, to)).allMatch(DeviceException.class::isInstance);
      assertThat(copy(gpu, buffers, to)).containsOnlyNulls();
      assertFilled(to);
      buffers.forEach(DeviceBuffer::close);
    }
  }
}
