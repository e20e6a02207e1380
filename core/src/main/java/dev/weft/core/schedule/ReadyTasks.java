package dev.weft.core.schedule;

import java.util.BitSet;

/** Places in the order of the tasks that can run, of which some are set aside for now. */
final class ReadyTasks {
  private final BitSet ready = new BitSet();
  private final BitSet aside = new BitSet();
  private int first;
  private int count;

  void add(int place) {
    ready.set(place);
    first = Math.min(first, place);
    count++;
  }

  void remove(int place) {
    ready.clear(place);
    aside.clear(place);
    count--;
  }

  void setAside(int place) {
    ready.clear(place);
    aside.set(place);
  }

  /** The first from a place on that is not set aside, below 0 when there is none. */
  int first(int from) {
    int at = ready.nextSetBit(Math.max(from, first));
    if (from <= first && at >= 0) {
      first = at;
    }
    return at;
  }

  /** The last before a place that is not set aside, below 0 when there is none. */
  int lastBefore(int to) {
    return ready.previousSetBit(to - 1);
  }

  /** The first that is set aside, below 0 when there is none. */
  int firstSetAside() {
    return aside.nextSetBit(0);
  }

  /** How many there are, those that are set aside too. */
  int count() {
    return count;
  }
}
