package dev.weft.table.expr;

import dev.weft.core.NDArray;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import org.jspecify.annotations.Nullable;

/** What an expression is while it is evaluated. */
sealed interface Value {
  /**
   * Numbers or timestamps as a lazy array.
   *
   * @param array of one axis, or of none where the number is the same in every row
   * @param present bool of the same form; null where all are there
   * @param known the values, where they need no computing
   */
  record Numbers(
      ColumnType type, NDArray array, @Nullable NDArray present, @Nullable ColumnData known)
      implements Value {
    static Numbers of(ColumnType type, NDArray array, @Nullable NDArray present) {
      return new Numbers(type, array, present, null);
    }
  }

  /** Text. */
  record Texts(ColumnData data) implements Value {}

  /** The same in every row: a Boolean, Long, Double, String or Instant. */
  record Constant(Object value) implements Value {}
}
