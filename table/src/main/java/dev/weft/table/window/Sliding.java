package dev.weft.table.window;

import dev.weft.table.column.ColumnData;
import dev.weft.table.group.Aggregation;
import org.jspecify.annotations.Nullable;

/**
 * What is made of the values in a window that moves. Values enter in the order of rows and leave in
 * the same order; only those that are there. Results that nobody puts are missing.
 */
interface Sliding {
  /** The value of a row is in the window from now on. */
  void enter(int row);

  /** The value that has been there longest leaves the window; it is that of this row. */
  void leave(int row);

  /**
   * What the window gives now.
   *
   * @param result the number of the result
   * @param values how many are in the window
   */
  void put(int result, int values);

  /** All results. */
  ColumnData finish();

  /**
   * For an aggregation.
   *
   * @param operand its values; null for the number of rows
   * @param results how many there are
   */
  static Sliding of(Aggregation aggregation, @Nullable ColumnData operand, int results) {
    if (operand == null) {
      return new SlidingCount(results);
    }
    return switch (aggregation.kind()) {
      case COUNT -> new SlidingCount(results);
      case SUM ->
          operand.type().stored().isFloating()
              ? new SlidingMoments(aggregation, operand, results)
              : new SlidingIntegerSum(operand, results);
      case MEAN ->
          operand.type().stored().isFloating()
              ? new SlidingMoments(aggregation, operand, results)
              : new SlidingIntegerMean(operand, results);
      case VAR, STD -> new SlidingMoments(aggregation, operand, results);
      case MIN -> new SlidingExtreme(operand, false, results);
      case MAX -> new SlidingExtreme(operand, true, results);
      case FIRST, LAST, OWN -> new SlidingValues(aggregation, operand, results);
      case NUNIQUE -> new SlidingDistinct(operand, results);
      case QUANTILE -> new SlidingQuantile(operand, aggregation.number(), results);
    };
  }
}
