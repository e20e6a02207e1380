package dev.weft.core.error;

import org.jspecify.annotations.Nullable;

/** A request that cannot be met as asked; the caller can mend it, and the message says how. */
public class UsageException extends WeftException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with a message that names the values seen and the remedy. */
  public UsageException(String message) {
    super(message, null);
  }

  /** Creates the exception with the failure that led to it. */
  public UsageException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
