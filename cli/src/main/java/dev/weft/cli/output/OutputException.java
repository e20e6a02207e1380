package dev.weft.cli.output;

import java.io.IOException;
import java.util.Locale;

/**
 * Results cannot be written to standard output: nobody reads it, it is closed, or a disk is full.
 */
public final class OutputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What shells report of a program that SIGPIPE has ended: 128 and the signal's number. */
  private static final int BROKEN_PIPE = 141;

  OutputException(IOException cause) {
    super(text(String.valueOf(cause.getMessage())), cause);
  }

  /** Standard output failed, and nobody knows why. */
  public OutputException() {
    super("write to standard output: it failed. Check where it leads");
  }

  private static String text(String reason) {
    return "write to standard output: "
        + (reason.equals("Bad file descriptor")
            ? "it is closed. Leave it open, or write the result to a file with -o"
            : reason + ". Free space, or write elsewhere");
  }

  /** Whether the reader has seen enough, as with {@code | head}: nothing to tell about. */
  public boolean isBrokenPipe() {
    return getCause() != null
        && String.valueOf(getCause().getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe");
  }

  /** With what the process ends. */
  public int exitCode() {
    return isBrokenPipe() ? BROKEN_PIPE : ExitCode.FAILED;
  }
}
