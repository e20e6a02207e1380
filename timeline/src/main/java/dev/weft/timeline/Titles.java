package dev.weft.timeline;

import dev.weft.core.shape.Chunks;
import dev.weft.timeline.svg.Markup;
import java.util.Arrays;
import java.util.Locale;

/** What the boxes of the picture tell when the pointer rests on them. */
final class Titles {
  private static final int LONGEST_LABEL = 90;

  private Titles() {}

  static String of(Recording recording, Lane lane, Box box) {
    String times =
        String.format(
            Locale.ROOT,
            "%s, from %s to %s",
            Durations.text(box.end() - box.begin()),
            Durations.text(box.begin() - recording.begin()),
            Durations.text(box.end() - recording.begin()));
    return box.spans().size() == 1
        ? one(recording, lane, box.spans().getFirst(), times)
        : several(recording, lane, box, times);
  }

  private static String one(Recording recording, Lane lane, TimeSpan span, String times) {
    StringBuilder title = new StringBuilder();
    switch (lane.kind()) {
      case TASK ->
          title.append(label(recording, span.stage())).append(chunk(recording, span)).append('\n');
      case TO_DEVICE, TO_HOST ->
          title.append(
              String.format(
                  Locale.ROOT,
                  "copy %s %s: chunk %d of array %d, %s, %.1f GB/s%n",
                  lane.kind() == TimeSpan.Kind.TO_DEVICE ? "to" : "from",
                  span.device(),
                  span.chunk(),
                  span.stage(),
                  bytes(span.bytes()),
                  (double) span.bytes() / Math.max(1, span.nanos())));
    }
    title.append(times);
    if (!span.finished()) {
      title.append(", not finished");
    }
    if (lane.kind() == TimeSpan.Kind.TASK) {
      title.append('\n').append(span.reason() == null ? "on " + span.device() : span.reason());
    }
    return title.toString();
  }

  private static String several(Recording recording, Lane lane, Box box, String times) {
    boolean tasks = lane.kind() == TimeSpan.Kind.TASK;
    int count = box.spans().stream().mapToInt(TimeSpan::tasks).sum();
    String what =
        !tasks
            ? Markup.format("%,d copies", count)
            : box.isOfOneStage()
                ? Markup.format("%,d tasks of %s", count, label(recording, box.stage()))
                : Markup.format(
                    "%,d tasks, most of the time %s", count, label(recording, box.stage()));
    return what + "\n" + times + ", at work " + Durations.text(box.busy());
  }

  private static String label(Recording recording, int stage) {
    return Markup.shortened(recording.stages().get(stage).label(), LONGEST_LABEL);
  }

  /** The chunk's number, and where it is in the grid if that has several axes. */
  private static String chunk(Recording recording, TimeSpan span) {
    RecordedStage stage = recording.stages().get(span.stage());
    if (stage.tasks() == 1) {
      return "";
    }
    Chunks grid = stage.grid();
    String place =
        grid != null && grid.rank() > 1 ? " " + Arrays.toString(grid.position(span.chunk())) : "";
    if (span.tasks() > 1) {
      long last = span.chunk() + span.tasks() - 1;
      return Markup.format(", chunks %d to %d", span.chunk(), last);
    }
    return Markup.format(", chunk %d%s", span.chunk(), place);
  }

  private static String bytes(long bytes) {
    return bytes < 1 << 20
        ? String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0)
        : String.format(Locale.ROOT, "%.1f MiB", bytes / (1024.0 * 1024));
  }
}
