package dev.weft.gpu.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.FarDevice;
import dev.weft.core.device.HostBlock;
import dev.weft.gpu.workload.SampleJob;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies through pinned memory, in lengths around that of a piece, and in any layout. */
@EnabledIf(value = "dev.weft.gpu.emulate.Emulation#hasCompiler", disabledReason = Emulation.NOT_RUN)
@Timeout(600)
class BlockCopiesTest {
  private static final int PIECE = 4 << 20;

  /** Every int is its own number, so that any mix-up shows. */
  private static MemorySegment numbered(Arena arena, long count) {
    MemorySegment memory = arena.allocate(Math.max(4, count * 4), 64);
    for (long i = 0; i < count; i++) {
      memory.setAtIndex(ValueLayout.JAVA_INT, i, (int) i);
    }
    return memory;
  }

  private static void thereAndBack(FarDevice device, HostBlock from, HostBlock to)
      throws Exception {
    try (DeviceBuffer buffer = device.allocate(from.bytes())) {
      SampleJob.await(end -> device.copyIn(from, buffer, end));
      SampleJob.await(end -> device.copyOut(buffer, to, end));
    }
  }

  @ParameterizedTest
  @ValueSource(
      longs = {0, 4, 8, PIECE - 4, PIECE, PIECE + 4, 2 * PIECE, 5 * PIECE + 12, 9L * PIECE})
  void denseBlocks(long bytes) throws Exception {
    long count = bytes / 4;
    try (EmulatedGpu gpu = EmulatedGpu.open();
        Arena arena = Arena.ofShared()) {
      MemorySegment from = numbered(arena, count);
      MemorySegment to = arena.allocate(Math.max(4, bytes), 64);
      thereAndBack(
          gpu.device(),
          HostBlock.dense(from, new long[] {count}, 4),
          HostBlock.dense(to, new long[] {count}, 4));
      assertThat(from.asSlice(0, bytes).mismatch(to.asSlice(0, bytes))).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 500, 1023, 1024, 1025, 2300})
  void transposedAndSteppingBlocks(int rows) throws Exception {
    int columns = 1024;
    try (EmulatedGpu gpu = EmulatedGpu.open();
        Arena arena = Arena.ofShared()) {
      // Column-major in memory that is twice as wide, each column backwards.
      MemorySegment from = numbered(arena, 2L * rows * columns);
      HostBlock there =
          new HostBlock(
              from, (rows - 1) * 4L, new long[] {-4, 8L * rows}, new long[] {rows, columns}, 4);
      MemorySegment to = arena.allocate(12L * rows * columns, 64);
      HostBlock back =
          new HostBlock(to, 0, new long[] {12L * columns, 12}, new long[] {rows, columns}, 4);
      thereAndBack(gpu.device(), there, back);
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          int expected = 2 * rows * column + rows - 1 - row;
          int actual = to.get(ValueLayout.JAVA_INT, 12L * ((long) row * columns + column));
          if (actual != expected) {
            assertThat(actual).as("row %d, column %d", row, column).isEqualTo(expected);
          }
        }
      }
    }
  }

  /** With a slow link, pinned memory would be used too early if anything did not wait. */
  @Test
  void manyBlocksAtOnceOverASlowLink() throws Exception {
    int blocks = 12;
    long count = 2 * PIECE / 4 + 5;
    try (EmulatedGpu gpu = EmulatedGpu.open();
        Arena arena = Arena.ofShared()) {
      FarDevice device = gpu.device();
      MemorySegment from = numbered(arena, count + blocks);
      gpu.driver().delay(TimeUnit.MILLISECONDS.toNanos(2));
      List<DeviceBuffer> buffers = new ArrayList<>();
      List<CompletableFuture<@Nullable Void>> ends = new ArrayList<>();
      for (int i = 0; i < blocks; i++) {
        buffers.add(device.allocate(count * 4));
        ends.add(new CompletableFuture<>());
        device.copyIn(
            new HostBlock(from, 4L * i, new long[] {4}, new long[] {count}, 4),
            buffers.get(i),
            SampleJob.end(ends.get(i)));
      }
      List<MemorySegment> back = new ArrayList<>();
      for (int i = 0; i < blocks; i++) {
        ends.get(i).get(300, TimeUnit.SECONDS);
        back.add(arena.allocate(count * 4, 64));
        ends.set(i, new CompletableFuture<>());
        device.copyOut(
            buffers.get(i),
            HostBlock.dense(back.get(i), new long[] {count}, 4),
            SampleJob.end(ends.get(i)));
      }
      for (int i = 0; i < blocks; i++) {
        ends.get(i).get(300, TimeUnit.SECONDS);
        assertThat(back.get(i).mismatch(from.asSlice(4L * i, count * 4))).isEqualTo(-1);
      }
      buffers.forEach(DeviceBuffer::close);
      assertThat(device.info().details().get("staging in")).isEqualTo("4 of 4 pieces of 4.0 MiB");
    }
  }

  /** Buffers are closed as soon as they may be, and their memory goes to other streams. */
  @Test
  void memoryIsReusedWhileOtherStreamsAreSlow() throws Exception {
    try (EmulatedGpu gpu = EmulatedGpu.open()) {
      gpu.driver().delay(TimeUnit.MICROSECONDS.toNanos(300));
      List<Thread> threads = new ArrayList<>();
      List<Throwable> failures = new java.util.concurrent.CopyOnWriteArrayList<>();
      for (int t = 0; t < 4; t++) {
        int n = 10_000 + t;
        threads.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      try {
                        for (int i = 0; i < 25; i++) {
                          assertThat(SampleJob.run(gpu.device(), n))
                              .isEqualTo(SampleJob.expected(n));
                        }
                      } catch (Throwable failure) {
                        failures.add(failure);
                      }
                    }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(failures).isEmpty();
      // All sizes are of one class each: no more memory than four jobs need at once.
      assertThat(gpu.device().memory().pooled()).isLessThan(4 * 4 * 90_000);
    }
  }
}
