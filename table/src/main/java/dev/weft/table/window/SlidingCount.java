package dev.weft.table.window;

import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;

/** How many values are in the window. */
final class SlidingCount implements Sliding {
  private final long[] counts;
  private final byte[] present;

  SlidingCount(int results) {
    counts = new long[results];
    present = new byte[results];
  }

  @Override
  public void enter(int row) {
    // The windows count.
  }

  @Override
  public void leave(int row) {
    // The windows count.
  }

  @Override
  public void put(int result, int values) {
    counts[result] = values;
    present[result] = 1;
  }

  @Override
  public ColumnData finish() {
    return ColumnData.of(ColumnType.INT64, counts, present);
  }
}
