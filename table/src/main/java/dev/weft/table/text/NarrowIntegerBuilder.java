package dev.weft.table.text;

import dev.weft.core.dtype.DType;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** bool, and integers of up to 32 bits. */
final class NarrowIntegerBuilder extends FieldBuilder {
  private final NumberParser parser = new NumberParser();
  private final DType dtype;
  private final long least;
  private final long most;
  private int[] values = {};

  NarrowIntegerBuilder(ColumnType.Number type) {
    super(type);
    this.dtype = type.dtype();
    int bits = 8 * dtype.itemSize();
    boolean isSigned = dtype.kind() == DType.Kind.SIGNED;
    this.least = isSigned ? -(1L << (bits - 1)) : 0;
    this.most = (1L << (isSigned ? bits - 1 : bits)) - 1;
  }

  @Override
  void grow(int most) {
    values = Arrays.copyOf(values, most);
  }

  @Override
  boolean put(int row, char[] buffer, int offset, int length) {
    boolean isValue =
        dtype == DType.BOOL
            ? parser.isTruth(buffer, offset, length)
            : parser.isLong(buffer, offset, length)
                && parser.integer() >= least
                && parser.integer() <= most;
    values[row] = isValue ? (int) parser.integer() : 0;
    return isValue;
  }

  @Override
  ColumnData build(int count, byte @Nullable [] there) {
    return ColumnData.of(type(), narrowed(count), there);
  }

  private Object narrowed(int count) {
    switch (dtype.itemSize()) {
      case Byte.BYTES -> {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
          bytes[i] = (byte) values[i];
        }
        return bytes;
      }
      case Short.BYTES -> {
        short[] shorts = new short[count];
        for (int i = 0; i < count; i++) {
          shorts[i] = (short) values[i];
        }
        return shorts;
      }
      default -> {
        return Arrays.copyOf(values, count);
      }
    }
  }
}
