package dev.weft.cpu.compile;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a vector loop beside the scalar loop of the same meaning until C2 has compiled it, which
 * shows in that it overtakes. Before that each vector operation costs an allocated object or more.
 *
 * @param clock nanoseconds
 */
record Race(LongSupplier clock) {
  private static final int MOST_PASSES = 20_000;

  /** On a busy machine C2 itself waits for a core, and giving up is for ever. */
  private static final long MOST_NANOS = 30_000_000_000L;

  /**
   * Passes before anything is decided: an interpreted loop can be the faster one of two slow ones.
   */
  private static final int FEWEST_PASSES = 16;

  /** The scalar loop is timed once in so many passes. */
  private static final int SCALAR_EVERY = 8;

  /** Faster passes in a row that count as proof. */
  private static final int PROOF = 4;

  /** Null once the vector loop is the faster one, or why the scalar loop should stay. */
  @Nullable String overtaken(Runnable scalar, Runnable vector) {
    long begin = clock.getAsLong();
    long bestScalar = Long.MAX_VALUE;
    int faster = 0;
    for (int pass = 0; pass < MOST_PASSES; pass++) {
      if (pass % SCALAR_EVERY == 0) {
        bestScalar = Math.min(bestScalar, time(scalar));
      }
      faster = time(vector) < bestScalar ? faster + 1 : 0;
      if (faster >= PROOF && pass >= FEWEST_PASSES) {
        return null;
      }
      if (clock.getAsLong() - begin > MOST_NANOS) {
        break;
      }
    }
    return "the vector loop was not faster when it had warmed";
  }

  private long time(Runnable loop) {
    long begin = clock.getAsLong();
    loop.run();
    return clock.getAsLong() - begin;
  }
}
