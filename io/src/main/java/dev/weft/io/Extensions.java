package dev.weft.io;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which format a file is of by the end of its name. */
final class Extensions {
  private Extensions() {}

  /** The format that has the extension of a name; null where none has. */
  static @Nullable FileFormat named(Path file, List<FileFormat> formats) {
    String extension = extension(file, formats);
    for (FileFormat format : formats) {
      if (extension != null && format.extensions().contains(extension)) {
        return format;
      }
    }
    return null;
  }

  /** The extension of a name that a format has. */
  static @Nullable String extension(Path file, List<FileFormat> formats) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    for (FileFormat format : formats) {
      for (String extension : format.extensions()) {
        if (name.endsWith("." + extension)) {
          return extension;
        }
      }
    }
    return null;
  }
}
