package dev.weft.table.group;

import dev.weft.table.column.ColumnData;

/** What is collected of a column for each group. */
interface State {
  /** There are so many groups now. */
  void groups(int count);

  /**
   * Takes rows in; called once, before anything is merged.
   *
   * @param ids the group of each row
   * @param values of the rows
   */
  void add(int[] ids, ColumnData values);

  /**
   * Takes in what was collected of rows behind those here.
   *
   * @param map the groups here of those there
   * @param count how many there are there
   */
  void merge(int[] map, int count, State other);

  /** About how many bytes of the heap it takes. */
  long bytes();

  /** The result of each group. */
  ColumnData finish(int count);
}
