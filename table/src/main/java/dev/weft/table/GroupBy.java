package dev.weft.table;

import dev.weft.table.expr.Named;
import dev.weft.table.group.Aggregation;
import java.util.List;

/** Rows of a table in groups of equal keys, of which something is made. */
public final class GroupBy {
  private final Table table;
  private final List<Named> keys;

  GroupBy(Table table, List<Named> keys) {
    this.table = table;
    this.keys = keys;
  }

  /**
   * A row for each group: its keys, then the results, in the order in which groups first appear.
   * What is missing is a key like any other; NaN is equal to NaN.
   *
   * @throws dev.weft.core.error.UsageException for columns that are not there, and for sums of text
   */
  public Table agg(Aggregation... aggregations) {
    return table.aggregate(keys, List.of(aggregations));
  }

  /**
   * For each row, a window of the row and those directly before it in its group.
   *
   * @param rows how many, with the row itself
   * @see Table#rolling(int)
   */
  public Rolling rolling(int rows) {
    return Rolling.of(table, keys, Rolling.window(rows));
  }

  /**
   * For each row, a window of the row and of those before it in its group that are later than its
   * time less a period. Times must be in ascending order in each group.
   *
   * @see Table#rolling(String, String)
   */
  public Rolling rolling(String time, String period) {
    return Rolling.of(table, keys, Rolling.window(table.schema(), time, period));
  }

  /** Number of rows of each group, as {@code count}. */
  public Table count() {
    return agg(Columns.count());
  }
}
