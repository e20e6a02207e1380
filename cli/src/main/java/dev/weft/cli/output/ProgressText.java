package dev.weft.cli.output;

import java.io.PrintStream;

/**
 * A line on a terminal that says what is being done; gone at the end, silent where nobody looks.
 */
public final class ProgressText implements AutoCloseable {
  private static final String ERASE = "\r\033[K";

  private final PrintStream terminal;
  private final boolean shown;

  /** A line on the console's terminal, where it has one. */
  public ProgressText(Console console) {
    this.terminal = console.err();
    this.shown = console.interactive();
  }

  /** Says this instead of what was said before. */
  public void show(String text) {
    if (shown) {
      terminal.print(ERASE + text);
      terminal.flush();
    }
  }

  @Override
  public void close() {
    show("");
  }
}
