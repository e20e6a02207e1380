package dev.weft.cpu.compile;

import java.util.concurrent.atomic.AtomicLong;

/**
 * When the vector form of some code is to race its scalar form: after so much use. A race lost is
 * run again after eight times that use, since the JVM's compiler may have got no turn while it
 * lasted; on a busy machine that happens. Safe for many threads.
 */
final class Patience {
  private static final int LONGER = 8;
  private static final int MOST_RACES = 5;
  private static final long OVER = Long.MIN_VALUE / 2;

  private final AtomicLong used = new AtomicLong();
  private volatile long limit;
  private volatile int races;

  Patience(long limit) {
    this.limit = limit;
  }

  /** Nothing is to be decided any more. */
  void end() {
    used.set(OVER);
  }

  /** Whether use still counts. */
  boolean counts() {
    return used.get() >= 0;
  }

  /** Counts use; true for just one caller when a race is due, and then not before {@link #lost}. */
  boolean isDue(long added) {
    if (!counts()) {
      return false;
    }
    long total = used.addAndGet(added);
    return total > limit && used.compareAndSet(total, OVER);
  }

  /** The scalar form has won; whether it may have to race again. */
  boolean lost() {
    int run = races + 1;
    races = run;
    if (run >= MOST_RACES) {
      return false;
    }
    limit *= LONGER;
    used.set(0);
    return true;
  }
}
