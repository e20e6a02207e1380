package dev.weft.timeline;

import dev.weft.core.event.JobEvent;
import dev.weft.core.fuse.Stage;
import java.util.List;

/**
 * The jobs of a list of events, as spans of time.
 *
 * @param stages of all jobs, one after the other
 * @param spans tasks and copies
 * @param plans times of planning
 * @param devices names, the host's first where one is known
 * @param begin when the first job began to be planned
 * @param end when the last thing happened
 * @param troubles what went wrong, in words
 * @param jobs how many there were
 * @param running jobs of which no end was heard
 */
record Recording(
    List<Stage> stages,
    List<TimeSpan> spans,
    List<TimeSpan> plans,
    List<String> devices,
    long begin,
    long end,
    List<String> troubles,
    int jobs,
    int running) {

  /** Makes spans of events; threads may have reported them in any order. */
  static Recording of(List<JobEvent> events) {
    return new RecordingReader(events).read();
  }

  long nanos() {
    return end - begin;
  }
}
