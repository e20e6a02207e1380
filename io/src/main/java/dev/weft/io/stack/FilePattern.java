package dev.weft.io.stack;

import dev.weft.core.error.UsageException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
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
    List<Path> files = new ArrayList<>();
    List<String> parts = isGlob(names) ? List.of(names) : Arrays.asList(names.split(","));
    for (String part : parts) {
      if (part.isEmpty()) {
        throw refused(path, "there is nothing between two commas", "Name a file there");
      }
      if (isGlob(part)) {
        matching(Path.of(part)).forEach(file -> files.add(Path.of(file + inside)));
      } else {
        files.add(Path.of(part + inside));
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
    found.add(root == null ? Path.of("") : root);
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
      PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + name);
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
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      return found;
    }
    return found;
  }
}
