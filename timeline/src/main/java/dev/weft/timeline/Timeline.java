package dev.weft.timeline;

import dev.weft.core.event.EventListener;
import dev.weft.core.event.JobEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * Records what a session does, to draw it.
 *
 * <pre>{@code
 * Timeline timeline = new Timeline();
 * try (Session session = Session.open(SessionConfig.defaults().withListener(timeline))) {
 *   ...
 * }
 * Files.writeString(Path.of("timeline.svg"), timeline.toSvg("what it was"));
 * }</pre>
 *
 * <p>Keeps some 100 bytes for each task. Safe for many threads.
 */
public final class Timeline implements EventListener {
  private final List<JobEvent> events = new ArrayList<>();

  @Override
  public synchronized void on(JobEvent event) {
    events.add(event);
  }

  /** What was heard of so far. */
  public synchronized List<JobEvent> events() {
    return List.copyOf(events);
  }

  /** Forgets everything. Jobs that are running are not drawn any more. */
  public synchronized void clear() {
    events.clear();
  }

  /** All jobs so far on one time axis, as an SVG file's text. */
  public String toSvg(String title) {
    return TimelineSvg.of(title, events());
  }
}
