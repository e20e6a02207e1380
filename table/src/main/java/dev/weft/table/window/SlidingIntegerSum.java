package dev.weft.table.window;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.DType.Kind;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;

/** Sums of integers and truth values, which wrap as those of groups do. */
final class SlidingIntegerSum implements Sliding {
  private final ColumnType type;
  private final long[] values;
  private final long[] sums;
  private final byte[] present;
  private long sum;

  SlidingIntegerSum(ColumnData operand, int results) {
    boolean unsigned = operand.type().stored().kind() == Kind.UNSIGNED;
    type = unsigned ? new ColumnType.Number(DType.UINT64) : ColumnType.INT64;
    values = operand.longs();
    sums = new long[results];
    present = new byte[results];
  }

  @Override
  public void enter(int row) {
    sum += values[row];
  }

  @Override
  public void leave(int row) {
    sum -= values[row];
  }

  @Override
  public void put(int result, int count) {
    sums[result] = sum;
    present[result] = 1;
  }

  @Override
  public ColumnData finish() {
    return ColumnData.of(type, sums, present);
  }
}
