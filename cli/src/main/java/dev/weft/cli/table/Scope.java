package dev.weft.cli.table;

import dev.weft.table.Column;
import dev.weft.table.Table;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What names mean: inside the brackets of a method of a table its columns, elsewhere only tables.
 *
 * @param table whose columns are meant; null outside
 */
record Scope(@Nullable Table table) {
  /** Outside of all methods. */
  static final Scope OUTSIDE = new Scope(null);

  boolean hasColumn(String name) {
    return table != null && table.schema().has(name);
  }

  /**
   * The column, if it has a meaning for the table.
   *
   * @throws dev.weft.core.error.UsageException when types do not fit
   */
  Column checked(Column column) {
    type(column);
    return column;
  }

  /** The type of an expression of columns; of a number where there are no columns. */
  ColumnType type(Column column) {
    return table == null
        ? ColumnType.FLOAT64
        : table.select(column.as("value")).schema().fields().getFirst().type();
  }

  /** Whether an expression, or a constant, is of truth values. */
  boolean isTruth(Object operand) {
    return operand instanceof Column column
        ? type(column).equals(ColumnType.BOOL)
        : operand instanceof Boolean;
  }

  /** The columns; none outside. */
  List<Field> fields() {
    return table == null ? List.of() : table.schema().fields();
  }
}
