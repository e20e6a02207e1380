package dev.weft.table.duckdb;

import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Dictionary;
import java.sql.SQLException;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Puts rows behind those of a table of DuckDB. */
final class Appending {
  /** Appends the value of a row that is there. */
  @FunctionalInterface
  private interface Cell {
    void append(DuckDBAppender to, int row) throws SQLException;
  }

  /** A column: where values are there, and how one is appended. */
  private record Source(byte @Nullable [] present, Cell cell) {}

  private Appending() {}

  static void rows(DuckDBConnection connection, String table, Batch batch) throws SQLException {
    List<Source> columns =
        batch.columns().stream().map(each -> new Source(each.present(), cell(each))).toList();
    try (DuckDBAppender appender = connection.createAppender(table)) {
      for (int row = 0; row < batch.rows(); row++) {
        appender.beginRow();
        for (Source column : columns) {
          byte[] present = column.present;
          if (present != null && present[row] == 0) {
            appender.appendNull();
          } else {
            column.cell.append(appender, row);
          }
        }
        appender.endRow();
      }
    }
  }

  private static Cell cell(ColumnData column) {
    return switch (column.type()) {
      case ColumnType.Text text -> {
        Dictionary texts = column.dictionary();
        int[] codes = column.codes();
        yield (to, row) -> to.append(texts.get(codes[row]));
      }
      case ColumnType.Timestamp timestamp -> {
        long[] nanos = column.longs();
        yield (to, row) -> to.appendEpochNanos(nanos[row]);
      }
      case ColumnType.Number number -> number(number, column);
    };
  }

  private static Cell number(ColumnType.Number type, ColumnData column) {
    return switch (type.dtype()) {
      case BOOL -> (to, row) -> to.append(column.longAt(row) != 0);
      case INT8, UINT8 -> (to, row) -> to.append((byte) column.longAt(row));
      case INT16, UINT16 -> (to, row) -> to.append((short) column.longAt(row));
      case INT32, UINT32 -> (to, row) -> to.append((int) column.longAt(row));
      case INT64, UINT64 -> {
        long[] values = column.longs();
        yield (to, row) -> to.append(values[row]);
      }
      case FLOAT16, FLOAT32 -> (to, row) -> to.append((float) column.doubleAt(row));
      case FLOAT64 -> {
        double[] values = column.doubles();
        yield (to, row) -> to.append(values[row]);
      }
      case COMPLEX64, COMPLEX128 -> throw new IllegalArgumentException(type.label());
    };
  }
}
