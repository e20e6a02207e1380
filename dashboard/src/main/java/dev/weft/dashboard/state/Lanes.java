package dev.weft.dashboard.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lanes in which spans do not overlap. Events do not say which slot a task had: it is given the
 * lane that was used last among those that were free when it began, so that lanes that are long
 * free stay so for spans that began long ago.
 */
final class Lanes {
  private static final int MOST_OF_KIND = 256;

  private final Map<Group, List<Slot>> groups = new LinkedHashMap<>();
  private final List<Views.Lane> lanes = new ArrayList<>();

  private record Group(String device, String kind) {}

  /** A lane, and until when it is taken. */
  private static final class Slot {
    private final int lane;
    private long end;

    Slot(int lane) {
      this.lane = lane;
    }
  }

  /**
   * The lane of a span.
   *
   * @param most lanes of this kind that the device has
   */
  int of(String device, String kind, int most, long begin, long end) {
    List<Slot> slots = groups.computeIfAbsent(new Group(device, kind), key -> new ArrayList<>());
    Slot best = null;
    Slot oldest = null;
    for (Slot each : slots) {
      if (each.end <= begin && (best == null || each.end > best.end)) {
        best = each;
      }
      if (oldest == null || each.end < oldest.end) {
        oldest = each;
      }
    }
    Slot slot = best;
    if (slot == null) {
      boolean full = slots.size() >= Math.min(most, MOST_OF_KIND);
      slot = full && oldest != null ? oldest : added(device, kind, slots);
    }
    slot.end = Math.max(slot.end, end);
    return slot.lane;
  }

  private Slot added(String device, String kind, List<Slot> slots) {
    Slot slot = new Slot(lanes.size());
    slot.end = Long.MIN_VALUE;
    lanes.add(new Views.Lane(lanes.size(), device, kind, slots.size()));
    slots.add(slot);
    return slot;
  }

  List<Views.Lane> all() {
    return List.copyOf(lanes);
  }
}
