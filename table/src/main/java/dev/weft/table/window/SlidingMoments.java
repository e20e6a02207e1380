package dev.weft.table.window;

import dev.weft.table.column.ColumnData;
import dev.weft.table.group.Aggregation;
import dev.weft.table.group.ExactSums;
import dev.weft.table.group.ExactVariance;

/**
 * Sums, means and variances of floating numbers, from exact sums of them and of their squares: what
 * leaves is taken away exactly, so that nothing is left of large values that were in the window
 * before.
 */
final class SlidingMoments implements Sliding {
  private final Aggregation aggregation;
  private final double[] values;

  /** Squares as two doubles each; empty for sums and means. */
  private final double[] high;

  private final double[] low;
  private final ExactSums sums = new ExactSums();
  private final ExactSums squares = new ExactSums();
  private final Results results;
  private int nans;
  private int infinities;
  private int negative;

  /** Finite numbers whose squares are not. */
  private int overflows;

  SlidingMoments(Aggregation aggregation, ColumnData operand, int results) {
    this.aggregation = aggregation;
    this.values = operand.doubles();
    this.results = new Results(results);
    sums.single(values);
    boolean squared =
        aggregation.kind() == Aggregation.Kind.VAR || aggregation.kind() == Aggregation.Kind.STD;
    high = new double[squared ? values.length : 0];
    low = new double[high.length];
    ExactVariance.squares(values, high, low);
    squares.single(high);
    squares.single(low);
  }

  @Override
  public void enter(int row) {
    count(values[row], 1);
    if (Double.isFinite(values[row])) {
      sums.addOne(values[row]);
      square(row, 1);
    }
  }

  @Override
  public void leave(int row) {
    count(values[row], -1);
    if (Double.isFinite(values[row])) {
      sums.addOne(-values[row]);
      square(row, -1);
    }
  }

  private void square(int row, int sign) {
    if (high.length == 0) {
      return;
    }
    if (Double.isInfinite(high[row])) {
      overflows += sign;
    } else {
      squares.addOne(sign * high[row]);
      squares.addOne(sign * low[row]);
    }
  }

  private void count(double value, int by) {
    if (Double.isNaN(value)) {
      nans += by;
    } else if (Double.isInfinite(value)) {
      infinities += by;
      negative += value < 0 ? by : 0;
    }
  }

  private double sum() {
    if (nans > 0 || negative > 0 && negative < infinities) {
      return Double.NaN;
    }
    if (infinities > 0) {
      return negative > 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return sums.get(0);
  }

  @Override
  public void put(int result, int count) {
    switch (aggregation.kind()) {
      case SUM -> results.put(result, sum());
      case MEAN -> {
        if (count > 0) {
          results.put(result, sum() / count);
        }
      }
      default -> {
        int ddof = (int) aggregation.number();
        if (count > ddof) {
          results.put(result, spread(count, ddof));
        }
      }
    }
  }

  private double spread(int count, int ddof) {
    if (nans + infinities + overflows > 0) {
      return Double.NaN;
    }
    double variance = ExactVariance.of(sums, squares, 0, count, ddof);
    return aggregation.kind() == Aggregation.Kind.STD ? Math.sqrt(variance) : variance;
  }

  @Override
  public ColumnData finish() {
    return results.column();
  }
}
