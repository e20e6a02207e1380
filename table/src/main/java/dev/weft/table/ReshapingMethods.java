package dev.weft.table;

import dev.weft.core.error.UsageException;
import dev.weft.table.group.Aggregation;
import java.util.List;

/** Rows that become columns, and columns that become rows. */
public sealed interface ReshapingMethods permits Table {
  /** The table itself. */
  Table self();

  /**
   * A row for each group of rows with equal keys, and a column for each different value of another
   * column: what is made of the rows that have both. Where there are none it is missing. Rows are
   * in the order of their first ones, columns in that of their values. Rows whose value is missing
   * are left away.
   *
   * <pre>{@code
   * table.pivot("name", mean("x"), "day")     // a row for each day, a column for each name
   * }</pre>
   *
   * <p>The different values are computed at once, since they are the names of the columns.
   *
   * @param columns name, or an expression, of what becomes columns, which are called as the values
   *     are written
   * @param value what is made of rows
   * @param index keys of the rows: names, and expressions, whose names are given with {@link
   *     Column#as}; one at least
   * @throws UsageException for more than 10,000 different values, and for values that are written
   *     as a key is called
   */
  default Table pivot(Object columns, Aggregation value, Object... index) {
    return Reshaping.pivot(self(), columns, value, List.of(index));
  }

  /**
   * All rows once for each of some columns, one column after the other: with the column's name as
   * {@code variable}, and its value as {@code value}. Numbers of several types become those of one
   * to which all convert. The table is read once for each column.
   *
   * <pre>{@code
   * table.melt(List.of("day"), List.of("Alice", "Bob"))
   * }</pre>
   *
   * @param ids names of the columns that stay
   * @param values names of the columns that become rows; one at least
   * @throws UsageException for columns of types that have none in common
   */
  default Table melt(List<String> ids, List<String> values) {
    return Reshaping.melt(self(), ids, values);
  }
}
