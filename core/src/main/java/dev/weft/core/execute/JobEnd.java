package dev.weft.core.execute;

import dev.weft.core.error.JobTimeoutException;
import dev.weft.core.error.WeftException;
import dev.weft.core.fuse.Stage;
import dev.weft.core.memory.SourceChecks;
import dev.weft.core.plan.PlannedTasks;
import dev.weft.core.schedule.EndSignal;
import dev.weft.core.schedule.Instruction.Failure;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** The end of an execution: waiting for it, and why it came early. */
final class JobEnd {
  private final PlannedTasks tasks;
  private final JobOrigin origin;
  private final Runnable onEnd;
  private final EndSignal ended = new EndSignal();
  private volatile @Nullable Failure failure;

  /** {@code onEnd} runs once, before those who wait hear of the end. */
  JobEnd(PlannedTasks tasks, JobOrigin origin, Runnable onEnd) {
    this.tasks = tasks;
    this.origin = origin;
    this.onEnd = onEnd;
  }

  /** No task is running, and none will be. */
  void reached(@Nullable Failure reason) {
    failure = reason == null ? null : explained(reason);
    try {
      onEnd.run();
    } finally {
      ended.reached();
    }
  }

  /** The same failure, if a file that was written to meanwhile is behind it, for that. */
  private Failure explained(Failure reason) {
    if (reason.cause() == null || reason.cause() instanceof JobTimeoutException) {
      return reason;
    }
    return new Failure(reason.task(), SourceChecks.reason(tasks.plan(), reason.cause()));
  }

  /** Waits for the end; an interrupt cancels the job, and the wait goes on until it has stopped. */
  void await(Runnable cancel) {
    ended.await(cancel);
  }

  /** Whether the job has ended, waiting for it so long. */
  boolean isReached(Duration atMost) throws InterruptedException {
    return ended.isReached(atMost);
  }

  /** Why the job has ended early, or null; a new exception each time. */
  @Nullable RuntimeException problem() {
    Failure reason = failure;
    return reason == null ? null : failed(reason);
  }

  private RuntimeException failed(Failure reason) {
    if (reason.cause() == null) {
      return new CancellationException("the job was cancelled");
    }
    if (reason.cause() instanceof JobTimeoutException late) {
      return late.again();
    }
    Throwable cause = reason.cause();
    String detail = cause instanceof WeftException ? cause.getMessage() : String.valueOf(cause);
    if (reason.task() == PlannedTasks.NONE || tasks.isWait(reason.task())) {
      return origin.failed("job failed: " + detail, cause);
    }
    Stage stage = tasks.plan().graph().stages().get(tasks.kind(reason.task()));
    long chunk = tasks.chunk(reason.task());
    return origin.failed(
        "job failed in '%s', chunk %d of %d %s: %s"
            .formatted(
                stage.label(),
                chunk,
                stage.iteration().count(),
                stage.iteration().region(chunk),
                detail),
        cause);
  }
}
