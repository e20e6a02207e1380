package dev.weft.table.order;

import dev.weft.core.dtype.DType;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Dictionary;
import dev.weft.table.expr.TextOrder;
import java.util.Arrays;
import java.util.List;

/**
 * The order of rows by columns: a radix sort, byte by byte from the last key to the first, which
 * keeps the order of equal rows.
 */
public final class RowOrder {
  private static final int RADIX = 256;
  private static final int FEW = 64;

  private RowOrder() {}

  /**
   * The numbers of rows in their order.
   *
   * @param descending for each column, whether the largest come first
   */
  public static int[] of(List<ColumnData> columns, List<Boolean> descending, int rows) {
    int[] order = new int[rows];
    for (int i = 0; i < rows; i++) {
      order[i] = i;
    }
    for (int i = columns.size() - 1; i >= 0; i--) {
      order = sorted(order, columns.get(i), descending.get(i));
    }
    return order;
  }

  private static int[] sorted(int[] order, ColumnData column, boolean descending) {
    long[] keys = keys(column, descending);
    if (column.present() == null) {
      return radix(order, keys);
    }
    for (int i = 0; i < keys.length; i++) {
      // What stands where values are missing must not order them.
      keys[i] = column.isNull(i) ? 0 : keys[i];
    }
    return missingLast(radix(order, keys), column);
  }

  private static int[] missingLast(int[] order, ColumnData column) {
    int[] moved = new int[order.length];
    int at = 0;
    int end = order.length - column.nulls();
    for (int row : order) {
      moved[column.isNull(row) ? end++ : at++] = row;
    }
    return moved;
  }

  /**
   * Numbers whose order, without a sign, is that of the values; NaN has the largest. What stands
   * where values are missing has no meaning.
   *
   * @param descending whether the largest value has the smallest number
   */
  public static long[] keys(ColumnData column, boolean descending) {
    DType stored = column.type().stored();
    if (column.type().equals(ColumnType.TEXT)) {
      return textKeys(column, descending);
    }
    long[] keys = new long[column.length()];
    if (stored.isFloating()) {
      double[] values = column.doubles();
      for (int i = 0; i < keys.length; i++) {
        double value = values[i];
        if (Double.isNaN(value)) {
          keys[i] = -1;
          continue;
        }
        long bits = Double.doubleToLongBits(value + 0.0);
        // No number becomes -1, which is NaN's.
        long key = bits < 0 ? ~bits : bits ^ Long.MIN_VALUE;
        keys[i] = descending ? ~key : key;
      }
      return keys;
    }
    long[] values = column.longs();
    long flip = stored == DType.UINT64 ? 0 : Long.MIN_VALUE;
    for (int i = 0; i < keys.length; i++) {
      long key = values[i] ^ flip;
      keys[i] = descending ? ~key : key;
    }
    return keys;
  }

  private static long[] textKeys(ColumnData column, boolean descending) {
    Dictionary texts = column.dictionary();
    Integer[] codes = new Integer[texts.size()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = i;
    }
    Arrays.sort(codes, (a, b) -> TextOrder.compare(texts.get(a), texts.get(b)));
    long[] ranks = new long[codes.length];
    for (int i = 0; i < codes.length; i++) {
      ranks[codes[i]] = descending ? codes.length - i : i;
    }
    long[] keys = new long[column.length()];
    int[] of = column.codes();
    for (int i = 0; i < keys.length; i++) {
      keys[i] = ranks[of[i]];
    }
    return keys;
  }

  private static int[] radix(int[] order, long[] keys) {
    if (order.length < FEW) {
      return few(order, keys);
    }
    long different = 0;
    for (long key : keys) {
      different |= key ^ keys[0];
    }
    int[] from = order;
    int[] to = new int[order.length];
    int[] begins = new int[RADIX + 1];
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      if ((different >>> shift & 0xFF) == 0) {
        // The byte is the same in all keys.
        continue;
      }
      Arrays.fill(begins, 0);
      for (long key : keys) {
        begins[(int) (key >>> shift & 0xFF) + 1]++;
      }
      for (int i = 0; i < RADIX; i++) {
        begins[i + 1] += begins[i];
      }
      for (int row : from) {
        to[begins[(int) (keys[row] >>> shift & 0xFF)]++] = row;
      }
      int[] done = to;
      to = from == order ? new int[order.length] : from;
      from = done;
    }
    return from;
  }

  /** Insertion. */
  private static int[] few(int[] order, long[] keys) {
    int[] sorted = order.clone();
    for (int i = 1; i < sorted.length; i++) {
      int row = sorted[i];
      int at = i;
      while (at > 0 && Long.compareUnsigned(keys[sorted[at - 1]], keys[row]) > 0) {
        sorted[at] = sorted[at - 1];
        at--;
      }
      sorted[at] = row;
    }
    return sorted;
  }
}
