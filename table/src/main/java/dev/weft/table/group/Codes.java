package dev.weft.table.group;

import dev.weft.core.dtype.DType;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import java.util.List;

/**
 * Equal rows of columns have equal numbers. NaN is equal to NaN, -0.0 to 0.0, and what is missing
 * to what is missing.
 *
 * @param codes a number for each row
 * @param count the numbers are from 0 to below this; not all need occur
 */
record Codes(int[] codes, int count) {
  /** Tables of so many numbers are always worth their memory. */
  private static final int SMALL = 1 << 16;

  private static final int ABOVE = 4;

  private static final ColumnType INT32 = new ColumnType.Number(DType.INT32);

  /** Numbers of the values of one column. */
  static Codes of(ColumnData column) {
    Codes there = values(column);
    if (column.present() == null) {
      return there;
    }
    int[] codes = there.codes.clone();
    for (int i = 0; i < codes.length; i++) {
      if (column.isNull(i)) {
        codes[i] = there.count;
      }
    }
    return new Codes(codes, there.count + 1);
  }

  private static Codes values(ColumnData column) {
    if (column.type().equals(ColumnType.TEXT)) {
      return new Codes(column.codes(), Math.max(1, column.dictionary().size()));
    }
    DType stored = column.type().stored();
    if (stored == DType.INT32) {
      return integers((int[]) column.values());
    }
    return stored.isFloating() ? hashed(column.keys()) : integers(column.keys());
  }

  /** The same without a copy as longs. */
  private static Codes integers(int[] values) {
    int least = Integer.MAX_VALUE;
    int most = Integer.MIN_VALUE;
    for (int value : values) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    long range = (long) most - least;
    if (range < 0 || range >= table(values.length)) {
      return hashed(ColumnData.of(INT32, values, null).longs());
    }
    int[] codes = new int[values.length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = values[i] - least;
    }
    return new Codes(codes, (int) range + 1);
  }

  private static Codes integers(long[] values) {
    if (values.length == 0) {
      return new Codes(new int[0], 1);
    }
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    for (long value : values) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    long range = most - least;
    if (range < 0 || range >= table(values.length)) {
      return hashed(values);
    }
    int[] codes = new int[values.length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (int) (values[i] - least);
    }
    return new Codes(codes, (int) range + 1);
  }

  /** How long a table may be that is looked up by number. */
  private static int table(int rows) {
    return (int) Math.max(SMALL, Math.min((long) ABOVE * rows, 1 << 28));
  }

  private static Codes hashed(long[] values) {
    LongIds ids = new LongIds();
    int[] codes = new int[values.length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = ids.add(values[i]);
    }
    return new Codes(codes, Math.max(1, ids.count()));
  }

  /** Numbers of rows of one column or several. */
  static Codes of(List<ColumnData> columns) {
    Codes all = of(columns.getFirst());
    for (ColumnData column : columns.subList(1, columns.size())) {
      all = all.with(of(column));
    }
    return all;
  }

  private Codes with(Codes other) {
    long product = (long) count * other.count;
    if (product <= table(codes.length)) {
      int[] both = new int[codes.length];
      for (int i = 0; i < both.length; i++) {
        both[i] = codes[i] * other.count + other.codes[i];
      }
      return new Codes(both, (int) product);
    }
    LongIds ids = new LongIds();
    int[] both = new int[codes.length];
    for (int i = 0; i < both.length; i++) {
      both[i] = ids.add((long) codes[i] * other.count + other.codes[i]);
    }
    return new Codes(both, Math.max(1, ids.count()));
  }
}
