package dev.weft.table.duckdb;

import dev.weft.core.dtype.DType;
import dev.weft.table.Column;
import dev.weft.table.Columns;
import dev.weft.table.column.ColumnType;

/**
 * The same expression for Weft and in SQL.
 *
 * @param sql timestamps are nanoseconds in BIGINT
 * @param exact whether both give the same bits, so that the value may decide about rows
 * @param small whether sums of some thousand of the values are exact in a double
 */
record Twin(Column column, String sql, ColumnType type, boolean exact, boolean small) {
  static final ColumnType INT32 = new ColumnType.Number(DType.INT32);
  static final ColumnType FLOAT32 = new ColumnType.Number(DType.FLOAT32);

  static Twin column(String name, ColumnType type, boolean exact, boolean small) {
    return new Twin(Columns.col(name), quoted(name), type, exact, small);
  }

  static Twin of(Column column, String sql, ColumnType type) {
    return new Twin(column, sql, type, true, false);
  }

  static String quoted(String name) {
    return '"' + name + '"';
  }

  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  boolean isInteger() {
    return type.equals(INT32) || type.equals(ColumnType.INT64);
  }

  boolean isFloating() {
    return type.isNumber() && type.stored().isFloating();
  }

  boolean isNumeric() {
    return isInteger() || isFloating();
  }

  private String kind() {
    return isInteger() ? "integer" : isFloating() ? "floating" : type.label();
  }

  /** Whether values of both may be equal. */
  boolean isLike(Twin other) {
    return kind().equals(other.kind());
  }

  /** The value in SQL as another type, to which nothing is lost. */
  String as(ColumnType other) {
    return other.equals(type) ? sql : "CAST(%s AS %s)".formatted(sql, sqlType(other));
  }

  /** The value as a key: one zero. */
  String key() {
    return isFloating()
        ? "(CASE WHEN %s = 0 THEN CAST(0 AS %s) ELSE %s END)".formatted(sql, sqlType(type), sql)
        : sql;
  }

  static String sqlType(ColumnType type) {
    return switch (type) {
      case ColumnType.Text text -> "VARCHAR";
      case ColumnType.Timestamp timestamp -> "BIGINT";
      case ColumnType.Number(DType dtype) ->
          switch (dtype) {
            case BOOL -> "BOOLEAN";
            case INT32 -> "INTEGER";
            case INT64 -> "BIGINT";
            case FLOAT32 -> "FLOAT";
            case FLOAT64 -> "DOUBLE";
            default -> throw new IllegalArgumentException(dtype.label());
          };
    };
  }
}
