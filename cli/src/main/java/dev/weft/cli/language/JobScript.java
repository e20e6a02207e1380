package dev.weft.cli.language;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines in order, each of which may use the names of those before it.
 *
 * @param source the text
 * @param lines at least one; only the last may be without a name
 */
public record JobScript(SourceText source, List<Line> lines) {
  /**
   * One assignment, or the expression at the end.
   *
   * @param name what the value is called, or null
   * @param place of {@code x[1:] = y} the slice of x that takes the value; null for all of a name
   * @param value the expression
   */
  public record Line(@Nullable String name, Node.@Nullable Subscript place, Node value) {
    /** A whole value. */
    public Line(@Nullable String name, Node value) {
      this(name, null, value);
    }
  }
}
