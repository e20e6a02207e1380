package dev.weft.table.window;

import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.group.GroupIds;
import java.util.List;

/** How many different values are in the window. */
final class SlidingDistinct implements Sliding {
  private final int[] ids;
  private final int[] counts;
  private final long[] results;
  private final byte[] present;
  private int different;

  SlidingDistinct(ColumnData operand, int results) {
    GroupIds groups = GroupIds.of(List.of(operand), operand.length());
    this.ids = groups.ids();
    this.counts = new int[groups.count()];
    this.results = new long[results];
    this.present = new byte[results];
  }

  @Override
  public void enter(int row) {
    if (counts[ids[row]]++ == 0) {
      different++;
    }
  }

  @Override
  public void leave(int row) {
    if (--counts[ids[row]] == 0) {
      different--;
    }
  }

  @Override
  public void put(int result, int values) {
    results[result] = different;
    present[result] = 1;
  }

  @Override
  public ColumnData finish() {
    return ColumnData.of(ColumnType.INT64, results, present);
  }
}
