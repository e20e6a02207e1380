package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One item of an index, as between NumPy's square brackets. Positions, ranges, new axes and an
 * ellipsis are views, of which nothing is copied; arrays of positions and masks choose elements.
 */
public sealed interface Index {
  /** One position; the axis disappears. Counts from the end when negative. */
  record At(long position) implements Index {}

  /** Positions from start to before stop in steps; null stands for "as far as it goes". */
  record Range(@Nullable Long start, @Nullable Long stop, @Nullable Long step) implements Index {}

  /** A new axis of extent 1. */
  record NewAxis() implements Index {}

  /** As many whole axes as are left. */
  record Ellipsis() implements Index {}

  /**
   * The elements at these positions of one axis, which count from the end when negative. Several
   * such items broadcast, and choose an element for each position that they have in common.
   *
   * @param positions integers of any rank, whose axes take the place of the axis
   */
  record Chosen(NDArray positions) implements Index {}

  /** The same of positions that are at hand. */
  record Listed(HostArray positions) implements Index {}

  /**
   * The elements where a mask is true, in C order.
   *
   * @param mask bool, as long as the axes that it stands for, which one axis replaces; without
   *     axes, it stands for none
   */
  record Masked(NDArray mask) implements Index {}

  /** The elements at these positions of one axis, {@code x[[2, 0, -1]]}. */
  static Index of(long... positions) {
    return new Listed(HostArray.of(positions));
  }

  /**
   * The elements at the positions of an integer array, or where a bool array is true. Both are
   * computed where the index is applied.
   *
   * @throws UsageException for other types
   */
  static Index of(NDArray chosen) {
    if (chosen.dtype() == DType.BOOL) {
      return new Masked(chosen);
    }
    if (!chosen.dtype().isInteger()) {
      throw new UsageException(
          "index: an array of %s chooses nothing; use integers or a bool mask"
              .formatted(chosen.dtype()));
    }
    return new Chosen(chosen);
  }

  /** One position. */
  static Index at(long position) {
    return new At(position);
  }

  /** The whole axis. */
  static Index all() {
    return new Range(null, null, null);
  }

  /** Positions from {@code start} to before {@code stop}. */
  static Index range(long start, long stop) {
    return new Range(start, stop, null);
  }

  /** Positions from {@code start} to before {@code stop} in steps. */
  static Index range(long start, long stop, long step) {
    return new Range(start, stop, step);
  }

  /** A new axis. */
  static Index newAxis() {
    return new NewAxis();
  }

  /** As many whole axes as are left. */
  static Index ellipsis() {
    return new Ellipsis();
  }

  /**
   * Items written as NumPy writes them: {@code "1:, ::-2, ..., newaxis, 3"}.
   *
   * @throws UsageException when an item cannot be read
   */
  static List<Index> parse(String text) {
    List<Index> items = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String item = part.strip();
      items.add(
          switch (item) {
            case "..." -> ellipsis();
            case "newaxis", "None" -> newAxis();
            default -> item.contains(":") ? range(item, text) : at(number(item, text));
          });
    }
    return items;
  }

  private static Index range(String item, String text) {
    String[] parts = item.split(":", -1);
    if (parts.length > 3) {
      throw new UsageException(
          "index '%s': '%s' has more than two colons; write start:stop:step".formatted(text, item));
    }
    Long[] numbers = new Long[3];
    for (int i = 0; i < parts.length; i++) {
      numbers[i] = parts[i].isBlank() ? null : number(parts[i].strip(), text);
    }
    return new Range(numbers[0], numbers[1], numbers[2]);
  }

  private static long number(String item, String text) {
    try {
      return Long.parseLong(item);
    } catch (NumberFormatException e) {
      throw new UsageException(
          "index '%s': '%s' is no position, range (start:stop:step), newaxis or ...; use one of these"
              .formatted(text, item),
          e);
    }
  }
}
