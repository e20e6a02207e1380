package dev.weft.dashboard.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lanes in which spans do not overlap. Events do not say which slot a task had: it is given the
 * lane that was used last among those that were free when it began, so that lanes that are long
 * free stay so for spans that began long ago.
 */
final class Lanes {
  /** Lanes of one kind that a device has at most. */
  private static final int MOST_OF_KIND = 256;

  /** Lanes beyond its slots that a device has for tasks without one. */
  static final int FOR_WAITING = 8;

  /** Lanes of copies in one direction. */
  static final int OF_COPIES = 4;

  /** The end of a lane that is taken until further notice. */
  private static final long HELD = Long.MAX_VALUE;

  private final Map<Group, List<Slot>> groups = new LinkedHashMap<>();
  private final List<Views.Lane> lanes = new ArrayList<>();
  private final List<Slot> all = new ArrayList<>();

  /** A lane for something that runs, and since when it has it. */
  record Held(int lane, long begin) {}

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
    Slot slot = slot(device, kind, most, begin);
    slot.end = Math.max(slot.end, end);
    return slot.lane;
  }

  /** The lane of something that takes no time; it stays as free as it is. */
  int near(String device, String kind, int most, long at) {
    return slot(device, kind, most, at).lane;
  }

  private Slot slot(String device, String kind, int most, long begin) {
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
    if (best != null) {
      return best;
    }
    boolean full = slots.size() >= Math.min(most, MOST_OF_KIND);
    return full && oldest != null ? oldest : added(device, kind, slots);
  }

  /**
   * Takes a lane until {@link #release}, for what was started at a moment and runs still. Where
   * none was free then, it has waited for the one that was free first. Null where none is free.
   *
   * @param most lanes of this kind that the device has
   */
  @Nullable Held hold(String device, String kind, int most, long started) {
    List<Slot> slots = groups.computeIfAbsent(new Group(device, kind), key -> new ArrayList<>());
    Slot best = null;
    Slot first = null;
    for (Slot each : slots) {
      if (each.end <= started && (best == null || each.end > best.end)) {
        best = each;
      }
      if (each.end != HELD && (first == null || each.end < first.end)) {
        first = each;
      }
    }
    Slot slot = best;
    if (slot == null) {
      boolean full = slots.size() >= Math.min(most, MOST_OF_KIND);
      slot = full ? first : added(device, kind, slots);
    }
    if (slot == null) {
      return null;
    }
    Held held = new Held(slot.lane, Math.max(started, slot.end));
    slot.end = HELD;
    return held;
  }

  /** Gives back a lane that was held. */
  void release(int lane, long end) {
    all.get(lane).end = end;
  }

  private Slot added(String device, String kind, List<Slot> slots) {
    Slot slot = new Slot(lanes.size());
    slot.end = Long.MIN_VALUE;
    lanes.add(new Views.Lane(lanes.size(), device, kind, slots.size()));
    slots.add(slot);
    all.add(slot);
    return slot;
  }

  List<Views.Lane> all() {
    return List.copyOf(lanes);
  }
}
