package dev.weft.core.error;

import org.jspecify.annotations.Nullable;

/** A read or a write has failed as often as it is tried. */
public final class RetriedException extends DeviceException {
  private static final long serialVersionUID = 1L;

  private final int attempts;

  /** Creates the exception; {@code cause} is what the last attempt threw. */
  public RetriedException(String message, int attempts, @Nullable Throwable cause) {
    super(message, cause);
    this.attempts = attempts;
  }

  /**
   * How often something was tried whose last attempt has thrown this: once, if nothing is known.
   */
  public static int attempts(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RetriedException retried) {
        return retried.attempts;
      }
    }
    return 1;
  }
}
