package dev.weft.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares a text with a committed file. {@code -Dgolden.update=true} writes the file instead; the
 * change is then reviewed like code.
 */
public final class Golden {
  private static final String UPDATE = "golden.update";

  private Golden() {}

  /** Fails unless the file at {@code path} (from the module's folder) holds {@code text}. */
  public static void check(String path, String text) {
    check(Path.of(path), text, Boolean.getBoolean(UPDATE));
  }

  static void check(Path file, String text, boolean update) {
    try {
      if (update) {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
        return;
      }
      if (!Files.exists(file)) {
        throw new AssertionError(
            "%s does not exist. Look at the text and accept it with -D%s=true:%n%s"
                .formatted(file, UPDATE, text));
      }
      String accepted = Files.readString(file);
      if (!accepted.equals(text)) {
        throw new AssertionError(difference(file, accepted, text));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("golden file " + file, e);
    }
  }

  private static String difference(Path file, String accepted, String text) {
    String[] old = accepted.split("\n", -1);
    String[] now = text.split("\n", -1);
    int line = 0;
    while (line < old.length && line < now.length && old[line].equals(now[line])) {
      line++;
    }
    return """
    %s differs at line %d (%d lines accepted, %d now); accept with -D%s=true
    accepted: %s
    now:      %s
    """
        .formatted(file, line + 1, old.length, now.length, UPDATE, at(old, line), at(now, line));
  }

  private static String at(String[] lines, int line) {
    return line < lines.length ? lines[line] : "(end)";
  }
}
