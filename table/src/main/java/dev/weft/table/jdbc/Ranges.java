package dev.weft.table.jdbc;

import dev.weft.core.error.UsageException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Ranges of a column that have all rows together, each row in one of them: the first also has what
 * is below it and what is null, the last what is above, NaN too.
 *
 * @param column whose values are cut
 * @param cuts where the ranges behind the first begin, ascending; Long or LocalDateTime
 */
public record Ranges(String column, List<Object> cuts) {
  /** Copies the list. */
  public Ranges {
    cuts = List.copyOf(cuts);
  }

  /** Ranges of numbers, of about one width. */
  static Ranges of(String column, long lower, long upper, int partitions) {
    require(lower <= upper, partitions, column, lower, upper);
    BigInteger first = BigInteger.valueOf(lower);
    BigInteger width = BigInteger.valueOf(upper).subtract(first);
    return of(column, width, partitions, at -> first.add(BigInteger.valueOf(at)).longValue());
  }

  /** Ranges of moments, of about one width, in whole microseconds. */
  static Ranges of(String column, LocalDateTime lower, LocalDateTime upper, int partitions) {
    require(!upper.isBefore(lower), partitions, column, lower, upper);
    Duration width = Duration.between(lower, upper);
    BigInteger micros =
        BigInteger.valueOf(width.getSeconds())
            .multiply(BigInteger.valueOf(1_000_000))
            .add(BigInteger.valueOf(width.getNano() / 1000));
    return of(
        column,
        micros,
        partitions,
        at -> lower.plusSeconds(at / 1_000_000).plusNanos(at % 1_000_000 * 1000));
  }

  private static Ranges of(
      String column, BigInteger width, int partitions, LongFunction<Object> place) {
    BigInteger parts = BigInteger.valueOf(partitions);
    List<Object> cuts = new ArrayList<>();
    BigInteger last = BigInteger.ZERO;
    for (int i = 1; i < partitions; i++) {
      BigInteger at = width.multiply(BigInteger.valueOf(i)).divide(parts);
      if (at.compareTo(last) > 0) {
        cuts.add(place.apply(at.longValue()));
        last = at;
      }
    }
    return new Ranges(column, cuts);
  }

  private static void require(
      boolean isAscending, int partitions, String column, Object lower, Object upper) {
    if (!isAscending) {
      throw new UsageException(
          "partitions of %s from %s to %s: the lower bound is above the upper one; exchange them"
              .formatted(column, lower, upper));
    }
    if (partitions < 1) {
      throw new UsageException(
          "%,d partitions of %s; give 1 or more".formatted(partitions, column));
    }
  }

  /** Number of ranges. */
  int count() {
    return cuts.size() + 1;
  }

  /**
   * The condition of a range, with a question mark for each of {@link #bounds}.
   *
   * @param name of the column, quoted
   */
  String condition(int range, String name) {
    if (cuts.isEmpty()) {
      return "1 = 1";
    }
    if (range == 0) {
      return "%s < ? or %s is null".formatted(name, name);
    }
    // A NaN is not below anything: so the last range has it, however a database orders it.
    return range == cuts.size()
        ? "not (%s < ?)".formatted(name)
        : "%s >= ? and %s < ?".formatted(name, name);
  }

  /** The values of the condition's question marks. */
  List<Object> bounds(int range) {
    return cuts.subList(Math.max(0, range - 1), Math.min(cuts.size(), range + 1));
  }
}
