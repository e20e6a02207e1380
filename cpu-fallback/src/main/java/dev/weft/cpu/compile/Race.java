package dev.weft.cpu.compile;

import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a vector loop beside the scalar loop of the same meaning until C2 has compiled it, which
 * shows in that it overtakes. Before that each vector operation costs an allocated object or more.
 *
 * @param clock nanoseconds
 * @param many elements of a call that is timed
 * @param few elements of a call that is only to be counted, 0 for no such calls
 */
record Race(LongSupplier clock, int many, int few) {
  /** Short calls that make the JVM compile the vector loop; the scalar one has seen use. */
  private static final int COUNTED = 1100;

  private static final int MOST_PASSES = 20_000;

  /** On a busy machine C2 itself waits for a core, and giving up is for ever. */
  private static final long MOST_NANOS = 30_000_000_000L;

  /** Passes without a pause, in which the JVM finds out that the loop is worth compiling. */
  private static final int UNBROKEN = 100;

  /** The pause between later passes, which wait for C2: it and the workers need the cores more. */
  private static final long PAUSE_NANOS = 200_000;

  /** The scalar loop is timed once in so many passes. */
  private static final int SCALAR_EVERY = 8;

  /**
   * A vector loop that is not faster by this factor than at first has not been compiled, whatever
   * it is compared with: the scalar loop may be cold too. It is a hundred where the Vector API's
   * own methods were interpreted as well, five where they were not and each operation is expensive.
   */
  private static final int COMPILED = 3;

  /** Passes before anything is decided, in which C2 gets to the scalar loop too. */
  private static final int FEWEST_PASSES = 64;

  /** Faster passes in a row that count as proof. */
  private static final int PROOF = 4;

  /** Null once the vector loop is the faster one, or why the scalar loop should stay. */
  @Nullable String overtaken(IntConsumer scalar, IntConsumer vector) {
    long begin = clock.getAsLong();
    long interpreted = interpreted(vector);
    for (int call = 0; few > 0 && call < COUNTED; call++) {
      vector.accept(few);
    }
    long bestScalar = Long.MAX_VALUE;
    int faster = 0;
    for (int pass = 0; pass < MOST_PASSES; pass++) {
      if (pass % SCALAR_EVERY == 0) {
        bestScalar = Math.min(bestScalar, time(scalar, many));
      }
      long taken = time(vector, many);
      faster = taken < bestScalar && taken < interpreted / COMPILED ? faster + 1 : 0;
      if (faster >= PROOF && pass >= FEWEST_PASSES) {
        return null;
      }
      if (clock.getAsLong() - begin > MOST_NANOS) {
        break;
      }
      if (pass > UNBROKEN) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    return "the vector loop was not faster when it had warmed";
  }

  /** What a timed call would take that is interpreted from end to end. */
  private long interpreted(IntConsumer vector) {
    int n = few > 0 ? few : many;
    long best = Long.MAX_VALUE;
    for (int call = 0; call < 3; call++) {
      best = Math.min(best, time(vector, n));
    }
    return best * (many / n);
  }

  private long time(IntConsumer loop, int n) {
    long begin = clock.getAsLong();
    loop.accept(n);
    return clock.getAsLong() - begin;
  }
}
