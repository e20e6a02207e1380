package dev.weft.table.text;

import dev.weft.core.dtype.DType;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** int64 and uint64. */
final class LongBuilder extends FieldBuilder {
  private final NumberParser parser = new NumberParser();
  private final boolean isUnsigned;
  private long[] values = {};

  LongBuilder(ColumnType.Number type) {
    super(type);
    this.isUnsigned = type.dtype() == DType.UINT64;
  }

  @Override
  void grow(int most) {
    values = Arrays.copyOf(values, most);
  }

  @Override
  boolean put(int row, char[] buffer, int offset, int length) {
    boolean isInteger =
        isUnsigned
            ? parser.isUnsigned(buffer, offset, length)
            : parser.isLong(buffer, offset, length);
    values[row] = isInteger ? parser.integer() : 0;
    return isInteger;
  }

  @Override
  ColumnData build(int count, byte @Nullable [] there) {
    return ColumnData.of(type(), Arrays.copyOf(values, count), there);
  }
}
