package dev.weft.profile;

import dev.weft.core.place.Placement;
import dev.weft.timeline.Recording;
import dev.weft.timeline.TimeSpan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tasks of a stage that were placed on a device for the same cause.
 *
 * @param stage number of the stage
 * @param device where they ran
 * @param tasks how many they were
 * @param moved bytes that had to come to the device first
 * @param reason the reason of the first, with its numbers
 */
record PlacementCount(int stage, String device, long tasks, long moved, String reason) {

  /** What tasks have in common that make one row. */
  private record Group(int stage, String device, Placement.Cause cause) {}

  /** In the order in which they first came up; nothing where there is only one device. */
  static List<PlacementCount> of(Recording recording) {
    Map<Group, PlacementCount> counts = new LinkedHashMap<>();
    for (TimeSpan span : recording.spans()) {
      Placement placement = span.placement();
      if (placement != null) {
        counts.merge(
            new Group(span.stage(), span.device(), placement.cause()),
            new PlacementCount(
                span.stage(), span.device(), span.tasks(), placement.moved(), placement.toString()),
            PlacementCount::plus);
      }
    }
    return new ArrayList<>(counts.values());
  }

  private PlacementCount plus(PlacementCount other) {
    return new PlacementCount(stage, device, tasks + other.tasks, moved + other.moved, reason);
  }
}
