package dev.weft.timeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Spans that follow each other: those of one slot of a device, or of one direction of a link.
 *
 * @param slot number within the device's lanes of this kind, from 0
 */
public record Lane(TimeSpan.Kind kind, String device, int slot, List<TimeSpan> spans) {

  /**
   * All spans in lanes: copies to a device, its tasks, copies from it; devices in the order of
   * {@code devices}. Events do not say which slot a task had: it is given the first lane that is
   * free when it begins.
   *
   * <pre>
   * lane 0   [a    ][c  ]      [e ]
   * lane 1     [b      ] [d  ]
   * </pre>
   */
  public static List<Lane> of(List<TimeSpan> spans, List<String> devices) {
    record Group(String device, TimeSpan.Kind kind) {}
    Map<Group, List<TimeSpan>> groups = new LinkedHashMap<>();
    for (String device : devices) {
      groups.put(new Group(device, TimeSpan.Kind.TO_DEVICE), new ArrayList<>());
      groups.put(new Group(device, TimeSpan.Kind.TASK), new ArrayList<>());
      groups.put(new Group(device, TimeSpan.Kind.TO_HOST), new ArrayList<>());
    }
    for (TimeSpan span : spans) {
      groups
          .computeIfAbsent(new Group(span.device(), span.kind()), key -> new ArrayList<>())
          .add(span);
    }
    List<Lane> lanes = new ArrayList<>();
    groups.forEach((group, own) -> lanes.addAll(slots(group.kind, group.device, own)));
    return lanes;
  }

  private static List<Lane> slots(TimeSpan.Kind kind, String device, List<TimeSpan> spans) {
    List<TimeSpan> sorted = new ArrayList<>(spans);
    sorted.sort(Comparator.comparingLong(TimeSpan::begin).thenComparingLong(TimeSpan::end));
    List<Lane> lanes = new ArrayList<>();
    for (TimeSpan span : sorted) {
      int slot = 0;
      while (slot < lanes.size() && lanes.get(slot).spans.getLast().end() > span.begin()) {
        slot++;
      }
      if (slot == lanes.size()) {
        lanes.add(new Lane(kind, device, slot, new ArrayList<>()));
      }
      lanes.get(slot).spans.add(span);
    }
    return lanes;
  }

  /** Nanoseconds in which it was at work. */
  public long busy() {
    return spans.stream().mapToLong(TimeSpan::nanos).sum();
  }
}
