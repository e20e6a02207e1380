package dev.weft.cli;

import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.error.InternalException;

/**
 * How fast a device reads memory: the sum over an array that is larger than most caches, the
 * fastest of several runs, with its result checked.
 *
 * @param bytes read by one run
 * @param bytesPerSecond of the fastest run
 */
record Bandwidth(long bytes, double bytesPerSecond) {
  private static final long MOST = 256L << 20;

  /** Runs go on for this long, since the first ones run on code that is not compiled yet. */
  private static final long NANOSECONDS = 500_000_000;

  /**
   * Measures for about a second.
   *
   * @param memoryLimit bytes that the session may use; an eighth of it at most is taken
   */
  static Bandwidth measure(Session session, long memoryLimit) {
    long elements = Math.min(MOST, memoryLimit / 8) / Double.BYTES;
    // Whole numbers below 2^53 in every partial sum, so that the result is exact in any order.
    NDArray numbers = session.arange(0.0, elements, 1.0).persist();
    NDArray sum = numbers.sum();
    double expected = elements * (elements - 1.0) / 2;
    long best = Long.MAX_VALUE;
    long begun = System.nanoTime();
    do {
      long start = System.nanoTime();
      double value = sum.toDouble();
      best = Math.min(best, System.nanoTime() - start);
      if (value != expected) {
        throw new InternalException(
            "the sum of 0 to %d is %s; expected %s".formatted(elements - 1, value, expected));
      }
    } while (System.nanoTime() - begun < NANOSECONDS);
    long bytes = elements * Double.BYTES;
    return new Bandwidth(bytes, bytes / (best * 1e-9));
  }
}
