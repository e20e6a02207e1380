package dev.weft.table.group;

import dev.weft.core.dtype.DType;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import java.util.Arrays;

/** Sums of integers, which wrap as those of arrays do; 0 of no values. */
final class IntegerSumState implements State {
  private final ColumnType result;
  private long[] sums = {};

  IntegerSumState(ColumnType result) {
    this.result = result;
  }

  @Override
  public void groups(int count) {
    if (sums.length < count) {
      sums = Arrays.copyOf(sums, Math.max(count, sums.length * 3 / 2));
    }
  }

  @Override
  public void add(int[] ids, ColumnData values) {
    byte[] present = values.present();
    if (values.values() instanceof int[] all && values.type().stored() == DType.INT32) {
      for (int i = 0; i < ids.length; i++) {
        sums[ids[i]] += present == null ? all[i] : (long) present[i] * all[i];
      }
      return;
    }
    long[] all = values.longs();
    for (int i = 0; i < ids.length; i++) {
      sums[ids[i]] += present == null ? all[i] : present[i] * all[i];
    }
  }

  @Override
  public void merge(int[] map, int count, State other) {
    long[] theirs = ((IntegerSumState) other).sums;
    for (int g = 0; g < count; g++) {
      sums[map[g]] += theirs[g];
    }
  }

  @Override
  public long bytes() {
    return (long) sums.length * Long.BYTES;
  }

  @Override
  public ColumnData finish(int count) {
    return ColumnData.of(result, Arrays.copyOf(sums, count), null);
  }
}
