package dev.weft.core.execute;

import java.util.ArrayList;
import java.util.List;

/**
 * Measures how long work takes where a few pieces go on at a time and the others wait for them, in
 * the order in which they were begun: the wait is not counted. Safe for use by several threads.
 */
final class SlotClock {
  /** One piece of work in a slot, or waiting for one. */
  static final class Turn {
    private long since;

    private Turn(long since) {
      this.since = since;
    }
  }

  private final int slots;
  private final List<Turn> begun = new ArrayList<>();

  SlotClock(int slots) {
    this.slots = slots;
  }

  synchronized Turn begin(long now) {
    Turn turn = new Turn(now);
    begun.add(turn);
    return turn;
  }

  /** Asks the clock under the lock, so that no work seems to end before it got its slot. */
  Ended end(Turn turn) {
    synchronized (this) {
      long now = System.nanoTime();
      return new Ended(now, end(turn, now));
    }
  }

  /**
   * The nanoseconds that the work had a slot for, at least 1. Of all work that has ended, no more
   * had a slot at any time than there are slots.
   */
  synchronized long end(Turn turn, long now) {
    int place = begun.indexOf(turn);
    begun.remove(place);
    long since = turn.since;
    if (begun.size() >= slots) {
      // The last that was thought to have a slot gets one now, if it had one or not: work that was
      // begun later has overtaken it.
      Turn last = begun.get(slots - 1);
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
