package dev.weft.table.window;

import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;

/** Results of windows in float64, of which those that were not put are missing. */
final class Results {
  private final double[] values;
  private final byte[] present;

  Results(int count) {
    values = new double[count];
    present = new byte[count];
  }

  void put(int result, double value) {
    values[result] = value;
    present[result] = 1;
  }

  ColumnData column() {
    return ColumnData.of(ColumnType.FLOAT64, values, present);
  }
}
