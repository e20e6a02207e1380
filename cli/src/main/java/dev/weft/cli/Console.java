package dev.weft.cli;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;

/**
 * Where commands write.
 *
 * @param out results
 * @param err messages and progress
 * @param interactive whether {@code err} is a terminal, on which lines can be redrawn
 */
public record Console(PrintStream out, PrintStream err, boolean interactive) {

  /** Streams that nobody watches. */
  public static Console of(PrintStream out, PrintStream err) {
    return new Console(out, err, false);
  }

  /**
   * The process's own streams. The launcher passes the caller's standard error by name in {@code
   * weft.stderr}, since it filters descriptor 2, and says in {@code weft.stderr.tty} whether it is
   * a terminal.
   */
  static Console ofProcess() {
    boolean interactive = Boolean.getBoolean("weft.stderr.tty");
    String path = System.getProperty("weft.stderr");
    if (path != null) {
      try {
        // Appending: the caller's file keeps what it has.
        PrintStream err =
            new PrintStream(new FileOutputStream(path, true), true, System.err.charset());
        return new Console(System.out, err, interactive);
      } catch (IOException e) {
        // A socket, for instance, cannot be opened by name; descriptor 2 leads there as well.
        return new Console(System.out, System.err, interactive);
      }
    }
    return new Console(System.out, System.err, interactive);
  }
}
