package dev.weft.core.schedule;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** How often each item of a place is in use: mostly once, if at all. */
final class Pins {
  private final BitSet once = new BitSet();
  private final Map<Integer, Integer> more = new HashMap<>();

  void add(int item) {
    if (once.get(item)) {
      more.merge(item, 1, Integer::sum);
    } else {
      once.set(item);
    }
  }

  void remove(int item) {
    if (more.isEmpty() || !more.containsKey(item)) {
      once.clear(item);
    } else {
      more.computeIfPresent(item, (key, count) -> count == 1 ? null : count - 1);
    }
  }

  boolean has(int item) {
    return once.get(item);
  }
}
