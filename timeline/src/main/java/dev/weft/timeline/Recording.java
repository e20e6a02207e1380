package dev.weft.timeline;

import dev.weft.core.event.JobEvent;
import java.util.List;

/**
 * The jobs of a list of events, as spans of time.
 *
 * @param stages the kinds of work of all jobs, one after the other
 * @param spans tasks and copies
 * @param plans times of planning
 * @param devices names, the host's first where one is known
 * @param begin when the first job began to be planned
 * @param end when the last thing happened
 * @param troubles what went wrong, in words
 * @param incidents the same with times and places
 * @param jobs in the order in which they were planned
 * @param running jobs of which no end was heard
 */
public record Recording(
    List<RecordedStage> stages,
    List<TimeSpan> spans,
    List<TimeSpan> plans,
    List<String> devices,
    long begin,
    long end,
    List<String> troubles,
    List<Incident> incidents,
    List<RecordedJob> jobs,
    int running) {

  /** Makes spans of events; threads may have reported them in any order. */
  public static Recording of(List<JobEvent> events) {
    return new RecordingReader(events).read();
  }

  /** From the first to the last thing that happened. */
  public long nanos() {
    return end - begin;
  }
}
