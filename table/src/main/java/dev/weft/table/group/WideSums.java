package dev.weft.table.group;

import dev.weft.core.dtype.DType;
import dev.weft.table.column.ColumnData;
import java.math.BigInteger;
import java.util.Arrays;

/** Exact sums of integers, one for each group, in 128 bits. */
public final class WideSums {
  private long[] low = {};
  private long[] high = {};

  /** There are so many groups now; new ones begin with 0. */
  public void groups(int count) {
    if (low.length < count) {
      int length = Math.max(count, low.length * 3 / 2);
      low = Arrays.copyOf(low, length);
      high = Arrays.copyOf(high, length);
    }
  }

  /** About how many bytes of the heap they take. */
  long bytes() {
    return 2L * low.length * Long.BYTES;
  }

  /** Adds integers to the sums of their groups, where they are there. */
  void add(int[] ids, ColumnData values) {
    byte[] present = values.present();
    if (values.values() instanceof int[] all && values.type().stored() == DType.INT32) {
      for (int i = 0; i < ids.length; i++) {
        add(ids[i], present == null ? all[i] : present[i] * all[i]);
      }
      return;
    }
    long[] all = values.longs();
    boolean unsigned = values.type().stored() == DType.UINT64;
    for (int i = 0; i < ids.length; i++) {
      long value = present == null ? all[i] : present[i] * all[i];
      add(ids[i], value, unsigned);
    }
  }

  /** Adds an integer, which may be one of uint64, to the sum of a group. */
  public void add(int group, long value, boolean unsigned) {
    add(group, value);
    high[group] += unsigned ? value >>> Long.SIZE - 1 : 0;
  }

  /** Takes an integer away again. */
  public void subtract(int group, long value, boolean unsigned) {
    long borrow = low[group] + Long.MIN_VALUE < value + Long.MIN_VALUE ? 1 : 0;
    low[group] -= value;
    high[group] -= (unsigned ? 0 : value >> Long.SIZE - 1) + borrow;
  }

  private void add(int group, long value) {
    long sum = low[group] + value;
    // Of bits without a sign, a sum below an operand has been carried over.
    long carry = sum + Long.MIN_VALUE < value + Long.MIN_VALUE ? 1 : 0;
    low[group] = sum;
    high[group] += (value >> Long.SIZE - 1) + carry;
  }

  /** Adds the sums of other groups to those of the groups here that they are mapped to. */
  void merge(int[] map, int count, WideSums other) {
    for (int g = 0; g < count; g++) {
      long value = other.low[g];
      add(map[g], value);
      high[map[g]] += other.high[g] - (value >> Long.SIZE - 1);
    }
  }

  /** The sum of a group, rounded to the nearest double. */
  public double get(int group) {
    if (high[group] == low[group] >> Long.SIZE - 1) {
      return low[group];
    }
    BigInteger below =
        BigInteger.valueOf(low[group] >>> 1).shiftLeft(1).add(BigInteger.valueOf(low[group] & 1));
    return BigInteger.valueOf(high[group]).shiftLeft(Long.SIZE).add(below).doubleValue();
  }
}
