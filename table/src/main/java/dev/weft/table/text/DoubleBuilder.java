package dev.weft.table.text;

import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** float64. */
final class DoubleBuilder extends FieldBuilder {
  private final NumberParser parser = new NumberParser();
  private double[] values = {};

  DoubleBuilder(ColumnType type) {
    super(type);
  }

  @Override
  void grow(int most) {
    values = Arrays.copyOf(values, most);
  }

  @Override
  boolean put(int row, char[] buffer, int offset, int length) {
    if (!parser.isDouble(buffer, offset, length)) {
      return false;
    }
    values[row] = parser.real();
    return true;
  }

  @Override
  ColumnData build(int count, byte @Nullable [] there) {
    return ColumnData.of(type(), Arrays.copyOf(values, count), there);
  }
}
