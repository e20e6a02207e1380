package dev.weft.core.error;

import java.time.Duration;
import java.util.Locale;

/** A computation was stopped because it lasted longer than its session allows. */
public final class JobTimeoutException extends WeftException {
  private static final long serialVersionUID = 1L;

  private final Duration timeout;

  /** Creates the exception for a computation that has run as long as {@code timeout}. */
  public JobTimeoutException(Duration timeout) {
    super(
        "the job was stopped: it has not ended within its timeout of %s. Give it more time, or compute less"
            .formatted(timeout.toString().substring(2).toLowerCase(Locale.ROOT)),
        null);
    this.timeout = timeout;
  }

  /** The same, with a trace that shows who waited. */
  public JobTimeoutException again() {
    return new JobTimeoutException(timeout);
  }
}
