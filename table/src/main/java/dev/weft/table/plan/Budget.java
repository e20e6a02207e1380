package dev.weft.table.plan;

import java.util.concurrent.atomic.AtomicLong;

/** Counts what is collected in memory at a time, and remembers when that was too much. */
final class Budget {
  private final long limit;
  private final AtomicLong used = new AtomicLong();
  private volatile boolean over;

  /** A count that may reach so many bytes. */
  Budget(long limit) {
    this.limit = limit;
  }

  /** So many bytes more are there; fewer when negative. */
  void add(long bytes) {
    if (used.addAndGet(bytes) > limit) {
      over = true;
    }
  }

  /** Whether there were ever too many. */
  boolean isOver() {
    return over;
  }
}
