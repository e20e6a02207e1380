package dev.weft.io;

import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.io.npy.Npy;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The formats of array files, found by the end of a file's name. */
public final class ArrayFiles {
  /** One format: the place to add another. */
  private record Format(
      String extension, Function<Path, ArraySource> source, Function<Path, ArrayTarget> target) {}

  private static final List<Format> FORMATS = List.of(new Format("npy", Npy::read, Npy::target));

  private ArrayFiles() {}

  /** The extensions of the supported formats, without dots. */
  public static List<String> extensions() {
    return FORMATS.stream().map(Format::extension).toList();
  }

  /**
   * Opens a file for reading; a source that is {@link AutoCloseable} should be closed.
   *
   * @throws UsageException when no format has the file's extension; names those there are
   */
  public static ArraySource source(Path file) {
    return format("read", file).source.apply(file);
  }

  /**
   * A file to write to.
   *
   * @throws UsageException when no format has the file's extension, or the place is unwritable
   */
  public static ArrayTarget target(Path file) {
    return format("write", file).target.apply(file);
  }

  private static Format format(String action, Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    for (Format format : FORMATS) {
      if (name.endsWith("." + format.extension)) {
        return format;
      }
    }
    throw new UsageException(
        "%s %s: no format has this extension; use one of .%s"
            .formatted(action, file, String.join(", .", extensions())));
  }
}
