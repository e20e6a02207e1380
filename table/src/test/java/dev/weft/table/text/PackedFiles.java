package dev.weft.table.text;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of text for tests, compressed as their names say. */
public final class PackedFiles {
  private PackedFiles() {}

  /** Writes a text; the file. */
  public static Path write(Path file, String text) throws IOException {
    try (OutputStream out = TextCompression.of(file.toString()).pack(Files.newOutputStream(file))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }
}
