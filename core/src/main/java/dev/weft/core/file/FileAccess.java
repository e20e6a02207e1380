package dev.weft.core.file;

import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.ArrayTarget;
import java.nio.file.Path;
import java.util.ServiceLoader;

/**
 * Opens and creates files of arrays, whatever their formats. Found by {@link ServiceLoader}; {@code
 * weft-io} brings the one that there is.
 */
public interface FileAccess {
  /**
   * The file access on the class path.
   *
   * @throws UsageException when there is none
   */
  static FileAccess installed() {
    return ServiceLoader.load(FileAccess.class)
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "files cannot be read or written: no formats are on the class path. Add weft-io to it, or give sources and targets of your own"));
  }

  /**
   * Opens a file or a folder that holds an array.
   *
   * @throws UsageException when it is of no format that is known, or damaged
   */
  ArraySource source(Path file);

  /**
   * A file or a folder to write to, in the format that its name says.
   *
   * @throws UsageException when no format has this name, or the place is unwritable
   */
  ArrayTarget target(Path file);
}
