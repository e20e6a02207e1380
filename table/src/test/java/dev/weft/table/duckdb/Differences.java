package dev.weft.table.duckdb;

import dev.weft.table.HostTable;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Moments;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** The first difference of tables, as text; empty where there is none. */
final class Differences {
  private static final double TOLERANCE = 1e-9;

  private Differences() {}

  static String of(HostTable weft, List<List<Object>> rows, List<Twin> columns) {
    for (int c = 0; c < columns.size(); c++) {
      ColumnType type = weft.schema().fields().get(c).type();
      if (!type.equals(columns.get(c).type())) {
        return "%s is %s, not %s"
            .formatted(weft.schema().names().get(c), type, columns.get(c).type());
      }
    }
    if (weft.rows() != rows.size()) {
      return "%d rows, not %d".formatted(weft.rows(), rows.size());
    }
    for (int i = 0; i < rows.size(); i++) {
      for (int c = 0; c < columns.size(); c++) {
        String name = weft.schema().names().get(c);
        Object own = weft.get(i, name);
        Object value = own instanceof Instant moment ? (Object) Moments.nanos(moment) : own;
        Object wanted = rows.get(i).get(c);
        if (!alike(value, wanted, columns.get(c).exact())) {
          return "row %d, %s: %s, not %s".formatted(i, name, value, wanted);
        }
      }
    }
    return "";
  }

  private static boolean alike(Object a, Object b, boolean exact) {
    if (!(a instanceof Double x && b instanceof Double y)) {
      return Objects.equals(a, b);
    }
    return x.doubleValue() == y
        || Double.isNaN(x) && Double.isNaN(y)
        || !exact
            && Math.abs(x - y) <= TOLERANCE * (1 + Math.max(Math.abs(x), Math.abs(y)))
            && Double.isFinite(x)
            && Double.isFinite(y);
  }

  /** Bit by bit. */
  static String of(HostTable a, HostTable b) {
    if (!a.schema().equals(b.schema())) {
      return "columns %s and %s".formatted(a.schema(), b.schema());
    }
    if (a.rows() != b.rows()) {
      return "%d rows and %d".formatted(a.rows(), b.rows());
    }
    for (int i = 0; i < a.rows(); i++) {
      for (String name : a.schema().names()) {
        // Doubles are equal as their bits are; all NaN are one.
        if (!Objects.equals(a.get(i, name), b.get(i, name))) {
          return "row %d, %s: %s and %s".formatted(i, name, a.get(i, name), b.get(i, name));
        }
      }
    }
    return "";
  }
}
