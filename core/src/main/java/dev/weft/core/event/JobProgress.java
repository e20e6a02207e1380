package dev.weft.core.event;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How far jobs were at one moment.
 *
 * @param stages the kinds of tasks of all these jobs
 * @param bytesRead bytes of sources that the jobs read altogether, from their start to their end
 * @param bytesSpilled bytes written to disk so far for lack of memory
 * @param seconds since the first of them was planned
 */
public record JobProgress(
    List<StageProgress> stages, long bytesRead, long bytesSpilled, double seconds) {
  /** Copies the list. */
  public JobProgress {
    stages = List.copyOf(stages);
  }

  /** Tasks altogether; 0 before anything is planned. */
  public long tasks() {
    return stages.stream().mapToLong(StageProgress::tasks).sum();
  }

  /** Tasks that have ended well. */
  public long done() {
    return stages.stream().mapToLong(StageProgress::done).sum();
  }

  /** Tasks that have started and not ended. */
  public long running() {
    return stages.stream().mapToLong(StageProgress::running).sum();
  }

  /** Stages all of whose tasks have ended. */
  public int stagesDone() {
    return (int) stages.stream().filter(StageProgress::isDone).count();
  }

  /** The share of the tasks that have ended, from 0 to 1. */
  public double fraction() {
    return tasks() == 0 ? 0 : Math.min(1, (double) done() / tasks());
  }

  /** Tasks in a second, since the start. */
  public double tasksPerSecond() {
    return seconds > 0 ? done() / seconds : 0;
  }

  /** Bytes of sources in a second, since the start: reading is as far as the tasks are. */
  public double bytesPerSecond() {
    return seconds > 0 ? bytesRead * fraction() / seconds : 0;
  }

  /**
   * Seconds until the end, if the rest of each stage goes on as its tasks have gone so far; a stage
   * of which none has ended is taken to be like the mean. Empty before the first task has ended.
   */
  public OptionalDouble secondsLeft() {
    double busy = stages.stream().mapToLong(StageProgress::busyNanos).sum();
    long done = done();
    if (done == 0 || busy <= 0) {
      return OptionalDouble.empty();
    }
    double rest = 0;
    for (StageProgress stage : stages) {
      double mean = stage.done() > 0 ? (double) stage.busyNanos() / stage.done() : busy / done;
      rest += mean * Math.max(0, stage.tasks() - stage.done());
    }
    return OptionalDouble.of(seconds * rest / busy);
  }
}
