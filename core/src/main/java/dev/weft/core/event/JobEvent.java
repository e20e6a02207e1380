package dev.weft.core.event;

import dev.weft.core.fuse.Stage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event of one job. Times are {@link System#nanoTime} values. */
public sealed interface JobEvent {
  /** Number of the job in its session. */
  long job();

  /** When it happened. */
  long nanos();

  /**
   * The job was planned.
   *
   * @param stages the kinds of work it consists of; tasks name them by number
   * @param tasks how many tasks it has
   * @param bytesRead bytes of sources that it reaches
   * @param bytesBound most bytes that its buffers will take
   * @param planNanos time spent on optimising, fusing and planning
   */
  record Planned(
      long job,
      long nanos,
      List<Stage> stages,
      long tasks,
      long bytesRead,
      long bytesBound,
      long planNanos)
      implements JobEvent {}

  /** A task starts. */
  record TaskStarted(long job, long nanos, int stage, long chunk, String device)
      implements JobEvent {}

  /** A task has ended well. */
  record TaskFinished(long job, long nanos, int stage, long chunk, String device)
      implements JobEvent {}

  /** The job has ended; {@code failure} is null when it went well. */
  record Finished(long job, long nanos, @Nullable Throwable failure) implements JobEvent {}
}
