package dev.weft.cli.output;

/** What the program tells the shell at its end; 0 when all went well. */
public final class ExitCode {
  /** The machine, a file or Weft itself was at fault, or answers differ. */
  public static final int FAILED = 1;

  /** The caller asked for what cannot be. */
  public static final int WRONG_USE = 2;

  /** The job was stopped at the end of {@code --timeout}, as timeout(1) says it. */
  public static final int TIMED_OUT = 124;

  /** Stopped by Ctrl-C. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}
}
