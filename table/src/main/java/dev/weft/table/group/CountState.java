package dev.weft.table.group;

import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import java.util.Arrays;

/** How many values are there. */
final class CountState implements State {
  private long[] counts = {};

  @Override
  public void groups(int count) {
    if (counts.length < count) {
      counts = Arrays.copyOf(counts, Math.max(count, counts.length * 3 / 2));
    }
  }

  @Override
  public void add(int[] ids, ColumnData values) {
    byte[] present = values.present();
    if (present == null) {
      for (int id : ids) {
        counts[id]++;
      }
      return;
    }
    for (int i = 0; i < ids.length; i++) {
      counts[ids[i]] += present[i];
    }
  }

  @Override
  public void merge(int[] map, int count, State other) {
    long[] theirs = ((CountState) other).counts;
    for (int g = 0; g < count; g++) {
      counts[map[g]] += theirs[g];
    }
  }

  @Override
  public long bytes() {
    return (long) counts.length * Long.BYTES;
  }

  @Override
  public ColumnData finish(int count) {
    return ColumnData.of(ColumnType.INT64, Arrays.copyOf(counts, count), null);
  }
}
