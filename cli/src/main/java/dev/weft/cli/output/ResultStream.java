package dev.weft.cli.output;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Standard output whose failures are not lost: a print stream keeps an {@link IOException} to
 * itself, and lets an {@link OutputException} through to the command.
 */
public final class ResultStream extends OutputStream {
  private final OutputStream out;

  /** Writes to another stream. */
  public ResultStream(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw new OutputException(e);
    }
  }

  @Override
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw new OutputException(e);
    }
  }
}
