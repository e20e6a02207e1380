package dev.weft.table.group;

import dev.weft.table.column.ColumnData;
import java.util.Arrays;
import java.util.List;

/**
 * The groups of equal rows, numbered in the order of their first rows.
 *
 * @param ids the group of each row
 * @param count number of groups
 * @param first the first row of each group
 */
public record GroupIds(int[] ids, int count, int[] first) {
  /** The groups of rows of some columns; of no columns all rows are one group, if there are any. */
  public static GroupIds of(List<ColumnData> columns, int rows) {
    if (columns.isEmpty()) {
      int count = Math.min(rows, 1);
      return new GroupIds(new int[rows], count, new int[count]);
    }
    Codes codes = Codes.of(columns);
    int[] ids = new int[codes.count()];
    Arrays.fill(ids, -1);
    int[] groups = new int[rows];
    int[] first = new int[16];
    int count = 0;
    int[] of = codes.codes();
    for (int i = 0; i < rows; i++) {
      int id = ids[of[i]];
      if (id < 0) {
        if (count == first.length) {
          first = Arrays.copyOf(first, 2 * count);
        }
        first[count] = i;
        id = count++;
        ids[of[i]] = id;
      }
      groups[i] = id;
    }
    return new GroupIds(groups, count, Arrays.copyOf(first, count));
  }
}
