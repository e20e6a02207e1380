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

  /** The nanoseconds that the work had a slot for, at least 1. */
  synchronized long end(Work work, long now) {
    int place = begun.indexOf(work);
    begun.remove(place);
    if (place < slots && begun.size() >= slots) {
      begun.get(slots - 1).since = now;
    }
    return Math.max(1, now - work.since);
  }
}
