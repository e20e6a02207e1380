package dev.weft.io.stack;

import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * Paths that mean several files: with {@code *}, {@code ?}, {@code [a-z]} or {@code {a,b}} in a
 * name, as in shells, or with commas between paths. What exists under the very name means itself.
 */
public final class FilePattern {
  private static final char MARK = '#';

  private FilePattern() {}

  /** Whether a path means several files. */
  public static boolean is(Path path) {
    return !Files.exists(path) && (isGlob(path.toString()) || path.toString().indexOf(',') > 0);
  }

  private static boolean isGlob(String text) {
    return text.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }

  /**
   * The files, those of a pattern in the order of their names, numbers in them by value; behind
   * each the name of the array in it that is given behind the pattern.
   *
   * @throws UsageException when there are none
   */
  public static List<Path> files(Path path) {
    String text = path.toString();
    int mark = text.lastIndexOf(MARK);
    String inside = mark > 0 ? text.substring(mark) : "";
    String names = mark > 0 ? text.substring(0, mark) : text;
    FileSystem in = path.getFileSystem();
    List<Path> files = new ArrayList<>();
    List<String> parts = isGlob(names) ? List.of(names) : Arrays.asList(names.split(","));
    for (String part : parts) {
      if (part.isEmpty()) {
        throw refused(path, "there is nothing between two commas", "Name a file there");
      }
      if (isGlob(part)) {
        matching(in.getPath(part)).forEach(file -> files.add(in.getPath(file + inside)));
      } else {
        files.add(in.getPath(part + inside));
      }
    }
    if (files.isEmpty()) {
      throw refused(path, "no file has a name like this", "Check the pattern");
    }
    return files;
  }

  private static UsageException refused(Path path, String reason, String remedy) {
    return new UsageException("read %s: %s. %s".formatted(path, reason, remedy));
  }

  private static List<Path> matching(Path pattern) {
    List<Path> found = new ArrayList<>();
    Path root = pattern.getRoot();
    found.add(root == null ? pattern.getFileSystem().getPath("") : root);
    for (Path name : pattern) {
      List<Path> next = new ArrayList<>();
      for (Path folder : found) {
        if (isGlob(name.toString())) {
          next.addAll(matching(folder, name, pattern));
        } else if (Files.exists(folder.resolve(name))) {
          next.add(folder.resolve(name));
        }
      }
      found = next;
    }
    found.sort(new NaturalOrder());
    return found;
  }

  /** Names that begin with a dot are found by patterns that do so, as in shells. */
  private static List<Path> matching(Path folder, Path name, Path pattern) {
    List<Path> found = new ArrayList<>();
    boolean hidden = name.toString().startsWith(".");
    try {
      PathMatcher matcher = folder.getFileSystem().getPathMatcher("glob:" + name);
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
        for (Path entry : entries) {
          Path own = entry.getFileName();
          if (own != null && matcher.matches(own) && (hidden || !own.toString().startsWith("."))) {
            found.add(folder.resolve(own));
          }
        }
      }
    } catch (PatternSyntaxException | InvalidPathException e) {
      throw new UsageException(
          "read %s: '%s' is no pattern: %s. Use *, ?, [a-z] or {a,b}"
              .formatted(pattern, name, e.getMessage()),
          e);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return found;
    } catch (IOException | DirectoryIteratorException e) {
      // A part of the files would be taken for all of them.
      throw new DeviceException(
          "read %s: the folder %s cannot be listed: %s. Check the disk and the permissions"
              .formatted(pattern, folder, e.getMessage()),
          e);
    }
    return found;
  }
}
