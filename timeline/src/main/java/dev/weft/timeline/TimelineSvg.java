package dev.weft.timeline;

import dev.weft.core.event.JobEvent;
import dev.weft.timeline.svg.Markup;
import dev.weft.timeline.svg.TextStyle;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws events as one SVG file: lanes of tasks and copies over time, a legend of stages, and which
 * chunk ran on which device. It needs nothing from outside, has no scripts, and takes light or dark
 * colours as its viewer does. Below 1 MB however many tasks there were.
 */
public final class TimelineSvg {
  private static final int WIDTH = 960;
  private static final int MARGIN = 24;
  private static final int INNER = WIDTH - 2 * MARGIN;

  private TimelineSvg() {}

  /**
   * The file's text.
   *
   * @param title what was computed
   * @param events of one session, in the order in which they were heard of
   */
  public static String of(String title, List<JobEvent> events) {
    Recording recording = Recording.of(events);
    Markup body = new Markup();
    int y = head(body, title, recording);
    if (!recording.spans().isEmpty()) {
      LaneDrawing lanes = new LaneDrawing(recording, MARGIN, INNER);
      if (!lanes.remark().isEmpty()) {
        body.words(MARGIN, y, TextStyle.NOTE, lanes.remark());
        y += 18;
      }
      y = lanes.draw(body, y + 4, MARGIN) + 12;
      y = new LegendDrawing(recording).draw(body, y, MARGIN, INNER) + 12;
      GridDrawing grids = GridDrawing.of(recording, MARGIN, INNER);
      y = grids.isEmpty() ? y : grids.draw(body, y) + 12;
    }
    return body.document(WIDTH, y + 8, "What ran where and when: " + title);
  }

  private static int head(Markup svg, String title, Recording recording) {
    svg.words(MARGIN, 34, TextStyle.TITLE, Markup.shortened(title, 82));
    svg.words(MARGIN, 54, TextStyle.NOTE, summary(recording));
    int y = 74;
    for (String trouble : recording.troubles()) {
      svg.words(MARGIN, y, TextStyle.WRONG, Markup.shortened(trouble, 130));
      y += 18;
    }
    return y;
  }

  private static String summary(Recording recording) {
    if (recording.jobs().isEmpty()) {
      return "nothing was computed";
    }
    List<String> words = new ArrayList<>();
    words.add(
        Durations.text(recording.nanos()) + (recording.running() > 0 ? " so far" : " in all"));
    if (recording.jobs().size() > 1) {
      words.add(Markup.format("%,d jobs", recording.jobs().size()));
    }
    for (String device : recording.devices()) {
      long tasks =
          recording.spans().stream()
              .filter(span -> span.kind() == TimeSpan.Kind.TASK && span.device().equals(device))
              .mapToLong(TimeSpan::tasks)
              .sum();
      words.add(Markup.format("%,d tasks on %s", tasks, device));
    }
    copied(words, recording, TimeSpan.Kind.TO_DEVICE, "to devices");
    copied(words, recording, TimeSpan.Kind.TO_HOST, "to the host");
    return String.join(", ", words);
  }

  private static void copied(
      List<String> words, Recording recording, TimeSpan.Kind kind, String where) {
    long bytes =
        recording.spans().stream()
            .filter(span -> span.kind() == kind)
            .mapToLong(TimeSpan::bytes)
            .sum();
    if (bytes > 0) {
      words.add(Markup.format("%,d MiB copied %s", (bytes + (1 << 19)) >> 20, where));
    }
  }
}
