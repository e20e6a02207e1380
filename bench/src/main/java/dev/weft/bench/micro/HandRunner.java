package dev.weft.bench.micro;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Runs hand-written loops on several threads, tile by tile, each thread taking the next 64. */
final class HandRunner implements AutoCloseable {
  /** Elements of a call: a loop called on whole arrays is compiled late. */
  private static final long TILE = 4096;

  private static final long TAKE = 64 * TILE;

  private final int threads;
  private final ExecutorService pool;

  HandRunner(int threads) {
    this.threads = threads;
    this.pool = Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().factory());
  }

  /** Runs the loop over {@code n} elements, a multiple of the tile; the sum of what it returns. */
  double run(HandLoop loop, MemorySegment[] in, MemorySegment[] out, long n) {
    AtomicLong next = new AtomicLong();
    List<Future<Double>> parts = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      parts.add(pool.submit(() -> part(loop, in, out, n, next)));
    }
    double sum = 0;
    for (Future<Double> part : parts) {
      try {
        sum += part.get();
      } catch (InterruptedException | ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
    return sum;
  }

  private static double part(
      HandLoop loop, MemorySegment[] in, MemorySegment[] out, long n, AtomicLong next) {
    double sum = 0;
    for (long start = next.getAndAdd(TAKE); start < n; start = next.getAndAdd(TAKE)) {
      for (long i = start; i < Math.min(n, start + TAKE); i += TILE) {
        sum += loop.run(in, out, i, Math.min(n, i + TILE));
      }
    }
    return sum;
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
