package dev.weft.io.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The name of a file, or of a folder, that is being written and shall have another name in the end.
 * When the JVM ends before, Ctrl-C included, the name is removed; only the name, since tasks may
 * still be writing to the mapped memory, which must not go before they do. What a killed JVM leaves
 * is removed by the next one that writes a file of the same name.
 */
public final class TemporaryFile {
  private static final int NAME_LENGTH = 50;
  private static final String ENDING = ".tmp";

  /** Most names of a folder that are looked at, which takes about 10 ms. */
  private static final int NAMES = 10_000;

  private final Path path;
  private final Thread removal;

  private TemporaryFile(Path path) {
    this.path = path;
    this.removal = new Thread(this::remove, "weft-remove");
  }

  /**
   * A fresh folder of this user's alone, for a file that is brought elsewhere when it is complete;
   * removed at the end of the JVM unless {@link #settled} comes before.
   *
   * @throws IOException when there is no room, or the JVM is ending already
   */
  static TemporaryFile folder() throws IOException {
    Path folder = Files.createTempDirectory("weft-upload-");
    try {
      return watched(folder);
    } catch (IOException e) {
      Files.delete(folder);
      throw e;
    }
  }

  /**
   * A fresh name beside {@code file}, removed at the end of the JVM unless {@link #settled} comes
   * before.
   *
   * @throws IOException when the JVM is ending already
   */
  public static TemporaryFile beside(Path file) throws IOException {
    return watched(folder(file).resolve(prefix(file) + WritingProcess.mark() + ENDING));
  }

  private static TemporaryFile watched(Path path) throws IOException {
    TemporaryFile temporary = new TemporaryFile(path);
    try {
      Runtime.getRuntime().addShutdownHook(temporary.removal);
    } catch (IllegalStateException e) {
      throw new IOException("the program is ending", e);
    }
    return temporary;
  }

  /**
   * Removes what processes that are gone have left of earlier attempts to write {@code file}, as
   * far as it is among the first names of the folder: with very many, looking at all of them would
   * take longer than to write a file.
   */
  public static void removeAbandoned(Path file) {
    String prefix = prefix(file);
    try (DirectoryStream<Path> names = Files.newDirectoryStream(folder(file))) {
      int seen = 0;
      for (Path path : names) {
        if (isAbandoned(path.getFileName().toString(), prefix)) {
          Trees.delete(path, FileOperations.SYSTEM);
        }
        if (++seen == NAMES) {
          break;
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Another user's, or a folder that cannot be listed: it stays as it is.
      return;
    }
  }

  private static boolean isAbandoned(String name, String prefix) {
    return name.startsWith(prefix)
        && name.endsWith(ENDING)
        && WritingProcess.isGone(name.substring(prefix.length(), name.length() - ENDING.length()));
  }

  /** The name must not be too long for the file system where that of the file is not. */
  private static String prefix(Path file) {
    String full = String.valueOf(file.toAbsolutePath().getFileName());
    return "." + full.substring(0, Math.min(full.length(), NAME_LENGTH)) + ".weft-";
  }

  private static Path folder(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }

  /** Where the file is. */
  public Path path() {
    return path;
  }

  /** Removes the file, or the folder with all that is in it. */
  void remove() {
    try {
      Trees.delete(path, FileOperations.SYSTEM);
    } catch (IOException e) {
      // The next process that writes the file tries again.
      return;
    }
  }

  /** The file has its name or is removed: nothing is left to be done at the end of the JVM. */
  public void settled() {
    try {
      Runtime.getRuntime().removeShutdownHook(removal);
    } catch (IllegalStateException e) {
      // The JVM is ending: there is nothing under this name, or it is being removed.
      return;
    }
  }
}
