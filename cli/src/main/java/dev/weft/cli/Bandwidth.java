package dev.weft.cli;

import dev.weft.core.error.InternalException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How fast the cores copy memory that is larger than most caches: the fastest of several copies,
 * with its result checked. The JVM's own copy is measured, which is at full speed at once; a
 * generated loop would first have to be compiled, which takes longer than the measurement.
 *
 * @param bytes copied at a time
 * @param bytesPerSecond read and written, of the fastest copy
 */
record Bandwidth(long bytes, double bytesPerSecond) {
  private static final long MOST = 256L << 20;
  private static final long NANOSECONDS = 400_000_000;
  private static final int LEAST_COPIES = 3;

  /** Filled with a byte that fresh memory does not have. */
  private static final byte PATTERN = 0x5a;

  /**
   * Measures for about half a second.
   *
   * @param memoryLimit bytes that may be used; an eighth of it at most is taken
   */
  static Bandwidth measure(int threads, long memoryLimit) {
    long each = Math.min(MOST, memoryLimit / 16) / threads / 64 * 64;
    List<Callable<Void>> copies = new ArrayList<>();
    try (Arena arena = Arena.ofShared();
        ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      MemorySegment from = arena.allocate(each * threads, 64);
      MemorySegment to = arena.allocate(each * threads, 64);
      from.fill(PATTERN);
      for (int i = 0; i < threads; i++) {
        MemorySegment source = from.asSlice(i * each, each);
        MemorySegment target = to.asSlice(i * each, each);
        copies.add(
            () -> {
              target.copyFrom(source);
              return null;
            });
      }
      long best = Long.MAX_VALUE;
      long begun = System.nanoTime();
      for (int i = 0; i < LEAST_COPIES || System.nanoTime() - begun < NANOSECONDS; i++) {
        long start = System.nanoTime();
        for (Future<Void> copy : pool.invokeAll(copies)) {
          copy.get();
        }
        best = Math.min(best, System.nanoTime() - start);
      }
      long wrong = to.mismatch(from);
      if (wrong >= 0 || from.get(ValueLayout.JAVA_BYTE, 0) != PATTERN) {
        throw new InternalException("copying memory went wrong at byte %d".formatted(wrong));
      }
      return new Bandwidth(from.byteSize(), 2 * from.byteSize() / (best * 1e-9));
    } catch (InterruptedException | ExecutionException failure) {
      throw new InternalException("measuring memory failed", failure);
    }
  }
}
