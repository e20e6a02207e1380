package dev.weft.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Spans of a lane that are drawn as one, as they are too many or too short to be seen alone.
 *
 * @param spans in order; most often just one
 */
public record Box(List<TimeSpan> spans) {

  /** The boxes of lanes, and how short a gap must be to be drawn over. */
  public record Merged(List<List<Box>> lanes, long resolution) {
    int count() {
      return lanes.stream().mapToInt(List::size).sum();
    }
  }

  /**
   * One box for each span where that makes at most {@code most} boxes; otherwise neighbours become
   * one, the fewer the better.
   */
  public static Merged merge(List<Lane> lanes, int most) {
    Merged merged = merged(lanes, 0);
    long resolution = 1;
    // Boxes begin at least this far apart: twice the resolution halves their number in the end.
    while (merged.count() > Math.max(most, lanes.size()) && resolution < Long.MAX_VALUE / 4) {
      resolution *= 2;
      merged = merged(lanes, resolution);
    }
    return merged;
  }

  private static Merged merged(List<Lane> lanes, long resolution) {
    List<List<Box>> all = new ArrayList<>();
    for (Lane lane : lanes) {
      List<Box> boxes = new ArrayList<>();
      for (TimeSpan span : lane.spans()) {
        if (!boxes.isEmpty() && joins(boxes.getLast(), span, resolution)) {
          boxes.getLast().spans.add(span);
        } else {
          boxes.add(new Box(new ArrayList<>(List.of(span))));
        }
      }
      all.add(boxes);
    }
    return new Merged(all, resolution);
  }

  private static boolean joins(Box box, TimeSpan span, long resolution) {
    return span.begin() - box.begin() < resolution;
  }

  /** When its first span begins, in nanoseconds. */
  public long begin() {
    return spans.getFirst().begin();
  }

  /** When its last span ends, in nanoseconds. */
  public long end() {
    return spans.getLast().end();
  }

  /** Nanoseconds of its spans, without the gaps between. */
  public long busy() {
    return spans.stream().mapToLong(TimeSpan::nanos).sum();
  }

  /** The stage that takes most of the time. */
  public int stage() {
    Map<Integer, Long> nanos = new TreeMap<>();
    spans.forEach(span -> nanos.merge(span.stage(), span.nanos(), Long::sum));
    return nanos.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(-1);
  }

  boolean isOfOneStage() {
    return spans.stream().allMatch(span -> span.stage() == spans.getFirst().stage());
  }

  /** Whether all its spans have ended well. */
  public boolean isFinished() {
    return spans.stream().allMatch(TimeSpan::finished);
  }
}
