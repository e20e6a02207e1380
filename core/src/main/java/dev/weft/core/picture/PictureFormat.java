package dev.weft.core.picture;

import dev.weft.core.error.UsageException;
import java.nio.file.Path;
import java.util.Locale;

/** The kinds of picture files, by the endings of their names. */
public enum PictureFormat {
  /** Scalable, for browsers and documents; a pointer that rests on a node is told more. */
  SVG,
  /** Pixels. */
  PNG,
  /** The language of Graphviz, which lays the graph out itself. */
  DOT;

  /** The ending, with its dot: {@code .svg}. */
  public String ending() {
    return "." + name().toLowerCase(Locale.ROOT);
  }

  /**
   * The format that a file's name says.
   *
   * @throws UsageException when it says none of them
   */
  public static PictureFormat of(Path file) {
    Path last = file.getFileName();
    String name = last == null ? "" : last.toString().toLowerCase(Locale.ROOT);
    for (PictureFormat format : values()) {
      if (name.endsWith(format.ending())) {
        return format;
      }
    }
    throw new UsageException(
        "the picture %s: its name must end in .svg, .png or .dot, which says the format"
            .formatted(file));
  }
}
