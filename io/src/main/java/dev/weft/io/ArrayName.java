package dev.weft.io;

import dev.weft.core.error.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * Where an array is: a file or a folder, and in one that holds several the name of one of them, as
 * in {@code climate.nc#tas} and {@code ocean.zarr/surface/temperature}.
 *
 * @param file the file or the folder
 * @param inside the name in it, with {@code /} between groups; empty where there is but one array
 */
public record ArrayName(Path file, String inside) {
  private static final char MARK = '#';

  /** A file or a folder that is one array, or holds but one. */
  public static ArrayName of(Path file) {
    return new ArrayName(file, "");
  }

  /**
   * Takes a path apart at its {@code #}, unless there is a file of the whole name; and behind the
   * last folder that is a store.
   *
   * @param isStore whether a path is one of a folder that holds arrays
   */
  static ArrayName parse(Path path, Predicate<Path> isStore) {
    boolean isFolder = Files.isDirectory(path);
    if (Files.exists(path) && (!isFolder || isStore.test(path))) {
      return of(path);
    }
    String text = path.toString();
    int mark = text.lastIndexOf(MARK);
    if (mark > 0 && !isFolder) {
      return new ArrayName(
          path.getFileSystem().getPath(text.substring(0, mark)), text.substring(mark + 1));
    }
    for (Path store = path.getParent(); store != null; store = store.getParent()) {
      if (isStore.test(store)) {
        String inside = store.relativize(path).toString().replace('\\', '/');
        return new ArrayName(store, inside);
      }
    }
    return of(path);
  }

  /**
   * The file, of a format whose files hold one array without a name.
   *
   * @throws UsageException when a name was given
   */
  public Path alone() {
    if (!inside.isEmpty()) {
      throw new UsageException(
          "%s: this file holds one array, which has no name; leave '%c%s' away"
              .formatted(file, MARK, inside));
    }
    return file;
  }

  @Override
  public String toString() {
    return inside.isEmpty() ? file.toString() : file.toString() + MARK + inside;
  }
}
