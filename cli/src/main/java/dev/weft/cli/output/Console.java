package dev.weft.cli.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Where commands write.
 *
 * @param out results; a write that fails is an {@link OutputException}
 * @param err messages and progress
 * @param interactive whether {@code err} is a terminal, on which lines can be redrawn
 */
public record Console(PrintStream out, PrintStream err, boolean interactive) {

  /** Streams that nobody watches. */
  public static Console of(PrintStream out, PrintStream err) {
    return new Console(out, err, false);
  }

  /**
   * The process's own streams.
   *
   * @param messages the process's standard error
   */
  public static Console ofProcess(Messages messages) {
    OutputStream out = new ResultStream(new FileOutputStream(FileDescriptor.out));
    return new Console(
        new PrintStream(out, true, System.out.charset()),
        new PrintStream(messages, true, System.err.charset()),
        Boolean.getBoolean("weft.stderr.tty"));
  }
}
