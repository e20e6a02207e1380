package dev.weft.io.npy;

import dev.weft.core.error.UsageException;

/** A file that is no npy file, is damaged, or holds what is not supported; says where. */
public final class NpyFormatException extends UsageException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final long offset;
  private final String reason;

  NpyFormatException(String file, long offset, String reason) {
    super("%s: offset %d: %s".formatted(file, offset, reason));
    this.file = file;
    this.offset = offset;
    this.reason = reason;
  }

  /** The file. */
  public String file() {
    return file;
  }

  /** Where in the file, in bytes. */
  public long offset() {
    return offset;
  }

  /** What is wrong there, and the remedy. */
  public String reason() {
    return reason;
  }
}
