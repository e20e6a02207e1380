package dev.weft.core.execute;

import dev.weft.core.error.JobFailedException;
import dev.weft.core.error.WeftException;
import dev.weft.core.fuse.Stage;
import dev.weft.core.plan.Plan;
import dev.weft.core.schedule.Instruction.Failure;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The end of an execution: waiting for it, and why it came early. */
final class JobEnd {
  private final Plan plan;
  private final Runnable onEnd;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Failure failure;

  /** {@code onEnd} runs once, before those who wait hear of the end. */
  JobEnd(Plan plan, Runnable onEnd) {
    this.plan = plan;
    this.onEnd = onEnd;
  }

  /** No task is running, and none will be. */
  void reached(@Nullable Failure reason) {
    failure = reason;
    try {
      onEnd.run();
    } finally {
      ended.countDown();
    }
  }

  /** Waits for the end; an interrupt cancels the job, and the wait goes on until it has stopped. */
  void await(Runnable cancel) {
    boolean interrupted = false;
    while (true) {
      try {
        ended.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
        cancel.run();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
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
    Throwable cause = SourceChecks.reason(plan, reason.cause());
    String detail = cause instanceof WeftException ? cause.getMessage() : String.valueOf(cause);
    if (reason.stage() < 0) {
      return new JobFailedException("job failed: " + detail, cause);
    }
    Stage stage = plan.graph().stages().get(reason.stage());
    return new JobFailedException(
        "job failed in '%s', chunk %d of %d %s: %s"
            .formatted(
                stage.label(),
                reason.chunk(),
                stage.iteration().count(),
                stage.iteration().region(reason.chunk()),
                detail),
        cause);
  }
}
