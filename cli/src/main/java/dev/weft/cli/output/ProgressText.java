package dev.weft.cli.output;

import org.jspecify.annotations.Nullable;

/**
 * A line on a terminal that says what is being done; gone at the end, silent where nobody looks.
 */
public final class ProgressText implements AutoCloseable {
  private final @Nullable StatusLine status;

  /** A line on the console's terminal, where it has one. */
  public ProgressText(Console console) {
    this.status = console.status();
  }

  /** Says this instead of what was said before. */
  public void show(String text) {
    if (status != null) {
      status.show(text);
    }
  }

  @Override
  public void close() {
    if (status != null) {
      status.clear();
    }
  }
}
