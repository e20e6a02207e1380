package dev.weft.gpu.library;

import org.jspecify.annotations.Nullable;

/** A library is there and cannot be used: it does not load, or lacks a function. */
public final class LibraryException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message names the file. */
  public LibraryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
