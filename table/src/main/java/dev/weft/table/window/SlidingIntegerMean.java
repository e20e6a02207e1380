package dev.weft.table.window;

import dev.weft.core.dtype.DType;
import dev.weft.table.column.ColumnData;
import dev.weft.table.group.WideSums;

/** Means of integers and truth values, whose sums are exact. */
final class SlidingIntegerMean implements Sliding {
  private final long[] values;
  private final boolean unsigned;
  private final WideSums sums = new WideSums();
  private final Results results;

  SlidingIntegerMean(ColumnData operand, int results) {
    this.values = operand.longs();
    this.unsigned = operand.type().stored() == DType.UINT64;
    this.results = new Results(results);
    sums.groups(1);
  }

  @Override
  public void enter(int row) {
    sums.add(0, values[row], unsigned);
  }

  @Override
  public void leave(int row) {
    sums.subtract(0, values[row], unsigned);
  }

  @Override
  public void put(int result, int count) {
    if (count > 0) {
      results.put(result, sums.get(0) / count);
    }
  }

  @Override
  public ColumnData finish() {
    return results.column();
  }
}
