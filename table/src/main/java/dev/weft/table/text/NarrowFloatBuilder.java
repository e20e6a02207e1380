package dev.weft.table.text;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.HalfFloats;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** float32 and float16. */
final class NarrowFloatBuilder extends FieldBuilder {
  /** The bits of a double that a float has not, and their value halfway between two floats. */
  private static final long LOST = (1L << 29) - 1;

  private static final long HALF = 1L << 28;

  private final NumberParser parser = new NumberParser();
  private final boolean isHalf;
  private float[] values = {};

  NarrowFloatBuilder(ColumnType.Number type) {
    super(type);
    this.isHalf = type.dtype() == DType.FLOAT16;
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
    double value = parser.real();
    // A double halfway between two floats may have been rounded to there.
    boolean isUnclear =
        (Double.doubleToRawLongBits(value) & LOST) == HALF
            || Math.abs(value) < Float.MIN_NORMAL && value != 0;
    values[row] =
        isUnclear ? Float.parseFloat(new String(buffer, offset, length).strip()) : (float) value;
    return true;
  }

  @Override
  ColumnData build(int count, byte @Nullable [] there) {
    if (!isHalf) {
      return ColumnData.of(type(), Arrays.copyOf(values, count), there);
    }
    short[] halves = new short[count];
    for (int i = 0; i < count; i++) {
      halves[i] = HalfFloats.bits(values[i]);
    }
    return ColumnData.of(type(), halves, there);
  }
}
