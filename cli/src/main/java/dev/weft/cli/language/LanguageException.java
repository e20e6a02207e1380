package dev.weft.cli.language;

import dev.weft.core.error.UsageException;
import org.jspecify.annotations.Nullable;

/** A mistake in an expression; the message shows the line and points at the place. */
public final class LanguageException extends UsageException {
  private static final long serialVersionUID = 1L;

  LanguageException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
