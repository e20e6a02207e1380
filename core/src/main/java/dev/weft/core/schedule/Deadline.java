package dev.weft.core.schedule;

import dev.weft.core.error.JobTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Stops a computation when its time is over, unless it has ended before. */
public final class Deadline {
  private final @Nullable Duration timeout;
  private final CompletableFuture<Boolean> passed = new CompletableFuture<>();

  /** A deadline that passes so long after {@link #start}; never, if {@code timeout} is null. */
  public Deadline(@Nullable Duration timeout) {
    this.timeout = timeout;
  }

  /** Time begins; {@code stop} is told why the computation must end. */
  public void start(Consumer<JobTimeoutException> stop) {
    Duration longest = timeout;
    if (longest == null) {
      return;
    }
    CompletableFuture<Void> unused =
        passed.thenAccept(
            late -> {
              if (late) {
                stop.accept(new JobTimeoutException(longest));
              }
            });
    passed.completeOnTimeout(true, TimeUnit.NANOSECONDS.convert(longest), TimeUnit.NANOSECONDS);
  }

  /** The computation has ended: nothing is kept of it until its time is over. */
  public void end() {
    passed.complete(false);
  }
}
