package dev.weft.core.error;

import org.jspecify.annotations.Nullable;

/** A defect in Weft itself; the message prints the form that failed, for a bug report. */
public final class InternalException extends WeftException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception; {@code message} should contain the offending form. */
  public InternalException(String message) {
    super(message, null);
  }

  /** Creates the exception with the failure that led to it. */
  public InternalException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
