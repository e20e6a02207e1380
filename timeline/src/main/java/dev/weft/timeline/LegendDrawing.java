package dev.weft.timeline;

import dev.weft.timeline.svg.Markup;
import dev.weft.timeline.svg.TextStyle;
import dev.weft.timeline.svg.TextStyle.Anchor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The part of the picture that names the stages, with how long they took. */
final class LegendDrawing {
  private static final int MOST = 24;
  private static final int ROW = 18;

  private final Recording recording;
  private final long[] nanos;
  private final long[] tasks;

  LegendDrawing(Recording recording) {
    this.recording = recording;
    this.nanos = new long[recording.stages().size()];
    this.tasks = new long[recording.stages().size()];
    for (TimeSpan span : recording.spans()) {
      if (span.kind() == TimeSpan.Kind.TASK) {
        nanos[span.stage()] += span.nanos();
        tasks[span.stage()] += span.tasks();
      }
    }
  }

  /** Draws downwards from {@code top}; the answer is where it ended. */
  int draw(Markup svg, int top, int left, int width) {
    List<Integer> all = new ArrayList<>();
    for (int stage = 0; stage < nanos.length; stage++) {
      all.add(stage);
    }
    List<Integer> shown =
        all.stream()
            .sorted(Comparator.comparingLong(stage -> -nanos[stage]))
            .limit(MOST)
            .sorted()
            .toList();
    int y = top;
    svg.words(left, y + 12, TextStyle.PART, "Stages");
    svg.words(left + width - 150, y + 12, TextStyle.TICK, Anchor.END, "tasks");
    svg.words(left + width - 70, y + 12, TextStyle.TICK, Anchor.END, "time");
    svg.words(left + width, y + 12, TextStyle.TICK, Anchor.END, "a task");
    y += 20;
    for (int stage : shown) {
      svg.box(left, y + 2, 11, 11, Palette.stage(stage));
      svg.words(
          left + 18,
          y + 12,
          TextStyle.PLAIN,
          Markup.shortened(recording.stages().get(stage).label(), 95));
      svg.words(
          left + width - 150,
          y + 12,
          TextStyle.NOTE,
          Anchor.END,
          Markup.format("%,d", tasks[stage]));
      svg.words(
          left + width - 70, y + 12, TextStyle.NOTE, Anchor.END, Durations.text(nanos[stage]));
      svg.words(
          left + width,
          y + 12,
          TextStyle.NOTE,
          Anchor.END,
          tasks[stage] == 0 ? "" : Durations.text((double) nanos[stage] / tasks[stage]));
      y += ROW;
    }
    if (shown.size() < all.size()) {
      svg.words(
          left + 18,
          y + 12,
          TextStyle.NOTE,
          Markup.format("and %,d shorter ones", all.size() - shown.size()));
      y += ROW;
    }
    return y;
  }
}
