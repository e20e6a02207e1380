package dev.weft.table.duckdb;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import java.util.stream.Collectors;
import org.duckdb.DuckDBColumnType;

/** Types of columns here and in DuckDB. */
final class DuckTypes {
  private DuckTypes() {}

  /** The type in SQL. float16 becomes FLOAT; timestamps are in UTC and lose their zone. */
  static String sql(ColumnType type) {
    return switch (type) {
      case ColumnType.Text text -> "VARCHAR";
      case ColumnType.Timestamp timestamp -> "TIMESTAMP_NS";
      case ColumnType.Number number ->
          switch (number.dtype()) {
            case BOOL -> "BOOLEAN";
            case INT8 -> "TINYINT";
            case INT16 -> "SMALLINT";
            case INT32 -> "INTEGER";
            case INT64 -> "BIGINT";
            case UINT8 -> "UTINYINT";
            case UINT16 -> "USMALLINT";
            case UINT32 -> "UINTEGER";
            case UINT64 -> "UBIGINT";
            case FLOAT16, FLOAT32 -> "FLOAT";
            case FLOAT64 -> "DOUBLE";
            case COMPLEX64, COMPLEX128 -> throw new IllegalArgumentException(number.label());
          };
    };
  }

  /**
   * The type of a result's column. Whole numbers of 128 bits, which sums of integers are, become
   * int64, decimals float64, dates timestamps of their midnight in UTC.
   *
   * @throws UsageException for what tables do not hold
   */
  static ColumnType of(String name, DuckDBColumnType type) {
    return switch (type) {
      case BOOLEAN -> ColumnType.BOOL;
      case TINYINT -> new ColumnType.Number(DType.INT8);
      case SMALLINT -> new ColumnType.Number(DType.INT16);
      case INTEGER -> new ColumnType.Number(DType.INT32);
      case BIGINT, HUGEINT, UHUGEINT -> ColumnType.INT64;
      case UTINYINT -> new ColumnType.Number(DType.UINT8);
      case USMALLINT -> new ColumnType.Number(DType.UINT16);
      case UINTEGER -> new ColumnType.Number(DType.UINT32);
      case UBIGINT -> new ColumnType.Number(DType.UINT64);
      case FLOAT -> new ColumnType.Number(DType.FLOAT32);
      case DOUBLE, DECIMAL -> ColumnType.FLOAT64;
      case VARCHAR -> ColumnType.TEXT;
      case DATE, TIMESTAMP, TIMESTAMP_S, TIMESTAMP_MS, TIMESTAMP_NS, TIMESTAMP_WITH_TIME_ZONE ->
          ColumnType.TIMESTAMP;
      default ->
          throw new UsageException(
              "sql: column %s of the result is %s, which tables do not hold. Cast it, as in %s::VARCHAR"
                  .formatted(name, type, name));
    };
  }

  /** A name in SQL. */
  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** The statement that makes a table of these columns. */
  static String create(String table, Schema schema) {
    return "CREATE TABLE %s (%s)"
        .formatted(
            quoted(table),
            schema.fields().stream().map(DuckTypes::column).collect(Collectors.joining(", ")));
  }

  private static String column(Field field) {
    return quoted(field.name()) + " " + sql(field.type());
  }
}
