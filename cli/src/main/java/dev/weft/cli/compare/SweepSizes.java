package dev.weft.cli.compare;

import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes of inputs, from the smallest to the largest: two a decade.
 *
 * @param elements of each input
 * @param square whether inputs are matrices of as many rows as columns
 */
public record SweepSizes(List<Long> elements, boolean square) {
  private static final Pattern RANGE = Pattern.compile("([0-9.eE+]+)\\.\\.([0-9.eE+]+)");
  private static final int A_DECADE = 2;
  private static final double LARGEST = 1e12;

  /** Copies the list. */
  public SweepSizes {
    elements = List.copyOf(elements);
  }

  /** What stands behind {@code --sweep}, such as {@code 1e3..1e8}. */
  public static SweepSizes parse(String text, boolean square) {
    Matcher range = RANGE.matcher(text);
    if (!range.matches()) {
      throw new UsageException(wrong(text));
    }
    try {
      double first = Double.parseDouble(range.group(1));
      double last = Double.parseDouble(range.group(2));
      if (!(first >= 1 && last > first && last <= LARGEST)) {
        throw new UsageException(wrong(text));
      }
      List<Long> sizes = new ArrayList<>();
      int steps = (int) Math.max(1, Math.round(A_DECADE * Math.log10(last / first)));
      for (int i = 0; i <= steps; i++) {
        long size = Math.round(first * Math.pow(last / first, (double) i / steps));
        if (sizes.isEmpty() || size > sizes.getLast()) {
          sizes.add(size);
        }
      }
      return new SweepSizes(sizes, square);
    } catch (NumberFormatException e) {
      throw new UsageException(wrong(text), e);
    }
  }

  private static String wrong(String text) {
    return "--sweep is '%s'; write the smallest and the largest number of elements, such as 1e3..1e8"
        .formatted(text);
  }

  /** The shape of inputs of a size. */
  public Shape shape(long size) {
    long side = Math.round(Math.sqrt(size));
    return square ? Shape.of(side, side) : Shape.of(size);
  }

  /** In words: {@code 1,000 to 1e8 elements}. */
  public String words() {
    return "%s to %s elements%s"
        .formatted(
            Units.count(elements.getFirst()),
            Units.count(elements.getLast()),
            square ? ", as many rows as columns" : "");
  }
}
