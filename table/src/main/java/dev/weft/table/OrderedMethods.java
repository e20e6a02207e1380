package dev.weft.table;

import dev.weft.core.error.UsageException;
import dev.weft.table.expr.Period;
import java.util.List;

/** What is asked of rows in the order of time, or in the order that they have. */
public sealed interface OrderedMethods permits Table {
  /** The table itself. */
  Table self();

  /**
   * Groups of rows by the period in which a moment is: the key is its begin, under the column's
   * name. Periods without rows have no group.
   *
   * @param time name of a column of timestamps
   * @param period as {@link Column#floor} has it
   */
  default GroupBy resample(String time, String period) {
    return self().groupBy(Columns.col(time).floor(period).as(time));
  }

  /**
   * For each row, a window of the row and those directly before it.
   *
   * <pre>{@code
   * table.rolling(3).agg(mean("x").named("m"))
   * }</pre>
   *
   * @param rows how many, with the row itself
   * @throws UsageException for less than 1
   */
  default Rolling rolling(int rows) {
    return Rolling.of(self(), List.of(), Rolling.window(rows));
  }

  /**
   * For each row, a window of the row and of those before it that are later than its time less a
   * period. Rows behind it are in no window, also those of the same time.
   *
   * <pre>{@code
   * table.rolling("timestamp", "1h").agg(mean("x").named("m"), count().named("n"))
   * }</pre>
   *
   * @param time name of a column of timestamps, which must be there and in ascending order; that is
   *     found out when rows are computed
   * @param period a number and a unit up to weeks, as {@link Period#of} reads it: {@code 15min}
   * @throws UsageException for a column that is no timestamp, and for months and years
   */
  default Rolling rolling(String time, String period) {
    return Rolling.of(self(), List.of(), Rolling.window(self().schema(), time, period));
  }
}
