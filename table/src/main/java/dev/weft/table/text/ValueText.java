package dev.weft.table.text;

import dev.weft.core.dtype.DType;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;

/** Values as the shortest text that reads as the same value again. */
public final class ValueText {
  private ValueText() {}

  /** Appends a number, truth value or moment that is there. */
  public static void append(ColumnData column, int row, StringBuilder to) {
    switch (column.type()) {
      case ColumnType.Number number -> append(number.dtype(), column, row, to);
      case ColumnType.Timestamp timestamp ->
          MomentText.append(column.longAt(row), timestamp.zone(), to);
      case ColumnType.Text text -> to.append(column.textAt(row));
    }
  }

  private static void append(DType dtype, ColumnData column, int row, StringBuilder to) {
    switch (dtype) {
      case BOOL -> to.append(column.longAt(row) != 0);
      case INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64 -> to.append(column.longAt(row));
      case UINT64 -> to.append(Long.toUnsignedString(column.longAt(row)));
      case FLOAT16, FLOAT32 -> {
        float value = (float) column.doubleAt(row);
        if (Float.isFinite(value)) {
          to.append(value);
        } else {
          to.append(word(value));
        }
      }
      case FLOAT64 -> {
        double value = column.doubleAt(row);
        if (Double.isFinite(value)) {
          to.append(value);
        } else {
          to.append(word(value));
        }
      }
      case COMPLEX64, COMPLEX128 -> throw new IllegalArgumentException(dtype.label());
    }
  }

  private static String word(double value) {
    return Double.isNaN(value) ? "nan" : value < 0 ? "-inf" : "inf";
  }
}
