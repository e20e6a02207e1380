package dev.weft.cli.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;

/**
 * A stream to a terminal with a line at its end that is redrawn in place. Whatever else is written
 * clears the line first, so that messages are never mixed with it; the next {@link #show} draws it
 * again, below them. Safe for many threads.
 */
public final class StatusLine extends OutputStream {
  private static final String ERASE = "\r\033[K";

  private final OutputStream terminal;
  private final Charset charset;
  private boolean shown;
  private boolean inLine;

  StatusLine(OutputStream terminal, Charset charset) {
    this.terminal = terminal;
    this.charset = charset;
  }

  @Override
  public synchronized void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return;
    }
    clear();
    terminal.write(bytes, offset, length);
    inLine = bytes[offset + length - 1] != '\n';
  }

  @Override
  public synchronized void flush() throws IOException {
    terminal.flush();
  }

  /** Draws a line in the place of the one before; not while a message has begun and not ended. */
  public synchronized void show(String text) {
    if (inLine) {
      return;
    }
    try {
      terminal.write((ERASE + text).getBytes(charset));
      terminal.flush();
      shown = true;
    } catch (IOException e) {
      // Nobody sees it; the job goes on.
      shown = false;
    }
  }

  /** Removes the line. */
  public synchronized void clear() {
    if (shown) {
      shown = false;
      try {
        terminal.write(ERASE.getBytes(charset));
        terminal.flush();
      } catch (IOException e) {
        // Nobody sees it; the job goes on.
        inLine = false;
      }
    }
  }
}
