package dev.weft.core.bag;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.stream.Stream;

/** Writes lines, and shows a file only when it is whole. */
final class TextFile {
  private TextFile() {}

  static Path write(Path file, Stream<?> lines) {
    try {
      Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
      Path part = Files.createTempFile(folder, "." + file.getFileName(), ".part");
      try {
        try (BufferedWriter out = Files.newBufferedWriter(part)) {
          for (Iterator<?> all = lines.iterator(); all.hasNext(); ) {
            out.write(String.valueOf(all.next()));
            out.write('\n');
          }
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
      return file;
    } catch (IOException e) {
      throw new Steps.Thrown(e);
    }
  }
}
