package dev.weft.profile;

import dev.weft.timeline.Recording;
import dev.weft.timeline.TimeSpan;
import java.util.Comparator;
import java.util.List;

/**
 * One of the tasks that took longest.
 *
 * @param stage number of its stage
 * @param chunk its chunk, the first of several that were run as one
 * @param tasks how many were run as one
 * @param device where
 * @param begin when
 * @param nanos how long, of several that were run as one their mean
 * @param reason why it ran there or did not end well; empty where nothing says
 */
record SlowTask(
    int stage, long chunk, int tasks, String device, long begin, long nanos, String reason) {
  static final int MOST = 40;

  /** The slowest first. */
  static List<SlowTask> of(Recording recording) {
    return recording.spans().stream()
        .filter(span -> span.kind() == TimeSpan.Kind.TASK)
        .sorted(Comparator.comparingLong((TimeSpan span) -> -span.nanos() / span.tasks()))
        .limit(MOST)
        .map(span -> of(span, recording.begin()))
        .toList();
  }

  private static SlowTask of(TimeSpan span, long origin) {
    String reason = span.reason();
    return new SlowTask(
        span.stage(),
        span.chunk(),
        span.tasks(),
        span.device(),
        span.begin() - origin,
        span.nanos() / span.tasks(),
        reason == null ? "" : reason);
  }
}
