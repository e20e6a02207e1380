package dev.weft.cli.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * Where commands write.
 *
 * @param out results; a write that fails is an {@link OutputException}
 * @param err messages and progress
 * @param status the line below the messages, where {@code err} is a terminal; null elsewhere
 */
public record Console(PrintStream out, PrintStream err, @Nullable StatusLine status) {

  /** Streams that nobody watches. */
  public static Console of(PrintStream out, PrintStream err) {
    return new Console(out, err, null);
  }

  /** A terminal: messages go there as well as a line that is redrawn. */
  public static Console ofTerminal(PrintStream out, OutputStream err) {
    StatusLine status = new StatusLine(err, System.err.charset());
    return new Console(out, new PrintStream(status, true, System.err.charset()), status);
  }

  /** Whether {@code err} is a terminal, on which lines can be redrawn. */
  public boolean interactive() {
    return status != null;
  }

  /**
   * The process's own streams.
   *
   * @param messages the process's standard error
   */
  public static Console ofProcess(Messages messages) {
    OutputStream results = new ResultStream(new FileOutputStream(FileDescriptor.out));
    PrintStream out = new PrintStream(results, true, System.out.charset());
    return Boolean.getBoolean("weft.stderr.tty")
        ? ofTerminal(out, messages)
        : of(out, new PrintStream(messages, true, System.err.charset()));
  }
}
