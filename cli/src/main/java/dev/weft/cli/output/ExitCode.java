package dev.weft.cli.output;

/** What the program tells the shell at its end; 0 when all went well. */
public final class ExitCode {
  /** The machine, a file or Weft itself was at fault, or answers differ. */
  public static final int FAILED = 1;

  /** The caller asked for what cannot be. */
  public static final int WRONG_USE = 2;

  /** Stopped by Ctrl-C. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}
}
