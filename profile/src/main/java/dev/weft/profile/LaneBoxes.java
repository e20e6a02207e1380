package dev.weft.profile;

import dev.weft.timeline.Box;
import dev.weft.timeline.Lane;
import dev.weft.timeline.TimeSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A lane of the task stream.
 *
 * @param name for people
 * @param kind {@code task}, {@code to_device} or {@code to_host}
 * @param device its device
 * @param boxes each as {@code [begin, end, stage, tasks, chunk, bytes, 1 if all is well else 0]};
 *     spans of a job with very many are joined to boxes
 * @param busy nanoseconds in which the lane was at work
 */
record LaneBoxes(String name, String kind, String device, List<long[]> boxes, long busy) {
  /** Some 40 bytes of the file each. */
  static final int MOST = 12_000;

  static List<LaneBoxes> of(List<Lane> lanes, long origin) {
    Box.Merged merged = Box.merge(lanes, MOST);
    List<LaneBoxes> all = new ArrayList<>();
    for (int i = 0; i < lanes.size(); i++) {
      Lane lane = lanes.get(i);
      List<long[]> boxes = merged.lanes().get(i).stream().map(box -> box(box, origin)).toList();
      all.add(
          new LaneBoxes(
              LaneName.of(lane),
              lane.kind().name().toLowerCase(Locale.ROOT),
              lane.device(),
              boxes,
              lane.busy()));
    }
    return all;
  }

  private static long[] box(Box box, long origin) {
    return new long[] {
      box.begin() - origin,
      box.end() - origin,
      box.stage(),
      box.spans().stream().mapToLong(TimeSpan::tasks).sum(),
      box.spans().getFirst().chunk(),
      box.spans().stream().mapToLong(TimeSpan::bytes).sum(),
      box.isFinished() ? 1 : 0
    };
  }
}
