package dev.weft.table;

import dev.weft.core.error.UsageException;
import dev.weft.table.column.Schema;
import dev.weft.table.expr.Period;
import dev.weft.table.join.AsOfSpec;
import dev.weft.table.plan.Relation;
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

  /**
   * Each row of this table with the last row of another one whose value of a column is not above
   * its own, and whose keys are equal. Where there is none, the columns of the other table are
   * missing; those whose names this table has too end in {@code _right}. Both tables must be in
   * ascending order of the column, of which no value may be missing; that is found out when rows
   * are computed.
   *
   * <pre>{@code
   * trades.asOfJoin(quotes, "time", "ticker")
   * }</pre>
   *
   * @param on a column of numbers or timestamps
   * @param by columns that must be equal, perhaps none
   * @throws UsageException for columns that are not there, or of types that do not fit
   */
  default Table asOfJoin(Table other, String on, String... by) {
    return asOfJoin(other, AsOfSpec.on(on).by(by));
  }

  /** The same in another direction, within a distance, or of columns of different names. */
  default Table asOfJoin(Table other, AsOfSpec spec) {
    Table table = self();
    table.requireSession(other);
    Schema result = spec.schema(table.schema(), other.schema());
    return new Table(
        table.session(), new Relation.AsOfJoin(table.relation(), other.relation(), spec, result));
  }
}
