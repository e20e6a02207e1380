package dev.weft.core.error;

/** A task of a running job failed: names the expression, the chunk and the cause. */
public final class JobFailedException extends WeftException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception; {@code cause} is what the task threw. */
  public JobFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
