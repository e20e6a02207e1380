package dev.weft.core.execute;

import java.util.ArrayList;
import java.util.List;

/**
 * Measures how long work takes where a few pieces go on at a time and the others wait for them, in
 * the order in which they were begun: the wait is not counted. Safe for use by several threads.
 */
final class SlotClock {
  /** A piece of work that was begun. */
  static final class Work {
    private long since;

    private Work(long since) {
      this.since = since;
    }
  }

  private final int slots;
  private final List<Work> begun = new ArrayList<>();

  SlotClock(int slots) {
    this.slots = slots;
  }

  synchronized Work begin(long now) {
    Work work = new Work(now);
    begun.add(work);
    return work;
  }

  /** Asks the clock under the lock, so that no work seems to end before it got its slot. */
  Ended end(Work work) {
    synchronized (this) {
      long now = System.nanoTime();
      return new Ended(now, end(work, now));
    }
  }

  /**
   * The nanoseconds that the work had a slot for, at least 1. Of all work that has ended, no more
   * had a slot at any time than there are slots.
   */
  synchronized long end(Work work, long now) {
    int place = begun.indexOf(work);
    begun.remove(place);
    long since = work.since;
    if (begun.size() >= slots) {
      // The last that was thought to have a slot gets one now, if it had one or not: work that was
      // begun later has overtaken it.
      Work last = begun.get(slots - 1);
      since = place < slots ? since : Math.max(since, last.since);
      last.since = now;
    }
    return Math.max(1, now - since);
  }

  /**
   * When work has ended, and how many nanoseconds it had a slot for.
   *
   * @param at by {@link System#nanoTime}
   */
  record Ended(long at, long took) {}
}
