package dev.weft.core.error;

import org.jspecify.annotations.Nullable;

/** The common type of all failures that Weft raises on purpose; never raised itself. */
public abstract class WeftException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WeftException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
