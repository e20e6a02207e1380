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

  /** The nanoseconds that the work had a slot for, at least 1. */
  synchronized long end(Turn turn, long now) {
    int place = begun.indexOf(turn);
    begun.remove(place);
    if (place < slots && begun.size() >= slots) {
      begun.get(slots - 1).since = now;
    }
    return Math.max(1, now - turn.since);
  }
}
