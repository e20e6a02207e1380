package dev.weft.io;

import dev.weft.core.error.UsageException;

/**
 * A file that is damaged, is not of the format that it should be, or holds what is not supported.
 * Whatever is wrong with a file, reading it throws this and nothing else.
 */
public final class FormatException extends UsageException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final long offset;
  private final String reason;

  /**
   * Something is wrong.
   *
   * @param offset where in the file, in bytes; -1 where that is not known
   * @param reason what is wrong there, and the remedy
   */
  public FormatException(String file, long offset, String reason) {
    super(offset < 0 ? file + ": " + reason : "%s: offset %d: %s".formatted(file, offset, reason));
    this.file = file;
    this.offset = offset;
    this.reason = reason;
  }

  /** The file. */
  public String file() {
    return file;
  }

  /** Where in the file, in bytes; -1 where that is not known. */
  public long offset() {
    return offset;
  }

  /** What is wrong there, and the remedy. */
  public String reason() {
    return reason;
  }
}
