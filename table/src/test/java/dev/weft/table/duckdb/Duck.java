package dev.weft.table.duckdb;

import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Field;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * A database in memory whose tables have a column {@code rn}: the place of the row, from 1. Its
 * macros say in SQL where Weft means another thing than DuckDB.
 */
final class Duck implements AutoCloseable {
  private static final String BITS = "18446744073709551615::HUGEINT";

  private static final List<String> MACROS =
      List.of(
          // Integers wrap; DuckDB refuses what overflows.
          "wrap64(e) AS CASE WHEN (e & %1$s) >= 9223372036854775808::HUGEINT THEN ((e & %1$s) - 18446744073709551616::HUGEINT)::BIGINT ELSE (e & %1$s)::BIGINT END"
              .formatted(BITS),
          "wrap32(e) AS CASE WHEN (e & 4294967295) >= 2147483648 THEN ((e & 4294967295) - 4294967296)::INTEGER ELSE (e & 4294967295)::INTEGER END",
          // NumPy's integer division rounds down, and gives 0 for a divisor of 0.
          "idiv(a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN b = 0 THEN 0 ELSE (a // b) - (CASE WHEN a % b <> 0 AND ((a % b) < 0) <> (b < 0) THEN 1 ELSE 0 END) END",
          "irem(a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN b = 0 THEN 0 ELSE ((a % b) + b) % b END",
          // Remainders of floating numbers have the divisor's sign. DuckDB's % is C's fmod; its own
          // fmod is not exact.
          "nan() AS 'NaN'::DOUBLE",
          "frem(a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN isnan(a) OR isnan(b) OR b = 0 OR isinf(a) THEN nan() WHEN (a % b) <> 0 AND ((a % b) < 0) <> (b < 0) THEN (a % b) + b WHEN (a % b) = 0 THEN (CASE WHEN b < 0 THEN -(0::DOUBLE) ELSE 0::DOUBLE END) ELSE (a % b) END",
          // Rounding beyond the largest float gives infinity; DuckDB refuses.
          "f32(x) AS CASE WHEN isnan(x) THEN 'NaN'::FLOAT WHEN x > 3.4028235e38 THEN 'Infinity'::FLOAT WHEN x < -3.4028235e38 THEN '-Infinity'::FLOAT ELSE x::FLOAT END",
          "root(x) AS CASE WHEN isnan(x) OR x < 0 THEN nan() ELSE sqrt(x) END",
          // NaN is less than, equal to and greater than nothing; DuckDB has it above all.
          "lt(a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN isnan(a) OR isnan(b) THEN false ELSE a < b END",
          "le(a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN isnan(a) OR isnan(b) THEN false ELSE a <= b END",
          "eq(a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN isnan(a) OR isnan(b) THEN false ELSE a = b END",
          "ne(a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN isnan(a) OR isnan(b) THEN true ELSE a <> b END",
          // Moments are nanoseconds, also before 1970.
          "pmod(n, m) AS ((n % m) + m) % m",
          "moment(n) AS make_timestamp((n - pmod(n, 1000)) // 1000)",
          // NumPy's linear quantile; NaN where there is one. DuckDB's has NaN as the largest.
          "between_two(a, b, part) AS CASE WHEN part = 0 OR a = b THEN a WHEN part >= 0.5 THEN b - (b - a) * (1 - part) ELSE a + (b - a) * part END",
          "quant(l, q) AS CASE WHEN l IS NULL THEN NULL WHEN isnan(l[len(l)]) THEN nan() ELSE between_two(l[floor(q * (len(l) - 1))::BIGINT + 1], l[least(floor(q * (len(l) - 1))::BIGINT + 2, len(l))], q * (len(l) - 1) - floor(q * (len(l) - 1))) END");

  private final DuckDBConnection connection;
  private int tables;

  Duck() {
    try {
      connection = DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
      run("SET threads = 1");
      run("SET preserve_insertion_order = true");
      for (String macro : MACROS) {
        run("CREATE MACRO " + macro);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  void run(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** A new table of a query's rows; its name. */
  String table(String select) {
    String name = "t" + tables++;
    run("CREATE TABLE " + name + " AS " + select);
    return name;
  }

  void drop() {
    for (int i = 0; i < tables; i++) {
      run("DROP TABLE IF EXISTS t" + i);
    }
    tables = 0;
  }

  String load(Batch batch) {
    String name = "t" + tables++;
    List<Field> fields = batch.schema().fields();
    run(
        "CREATE TABLE %s (%s, rn BIGINT)"
            .formatted(
                name,
                fields.stream()
                    .map(f -> Twin.quoted(f.name()) + " " + Twin.sqlType(f.type()))
                    .collect(Collectors.joining(", "))));
    try (DuckDBAppender appender = connection.createAppender(name)) {
      for (int i = 0; i < batch.rows(); i++) {
        appender.beginRow();
        for (ColumnData column : batch.columns()) {
          append(appender, column, i);
        }
        appender.append(i + 1L);
        appender.endRow();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return name;
  }

  private static void append(DuckDBAppender to, ColumnData column, int row) throws SQLException {
    if (column.isNull(row)) {
      to.appendNull();
      return;
    }
    switch (column.type()) {
      case ColumnType.Text text -> to.append(column.textAt(row));
      case ColumnType.Timestamp timestamp -> to.append(column.longAt(row));
      case ColumnType.Number number -> {
        switch (number.dtype()) {
          case BOOL -> to.append(column.longAt(row) != 0);
          case INT32 -> to.append((int) column.longAt(row));
          case INT64 -> to.append(column.longAt(row));
          case FLOAT32 -> to.append((float) column.doubleAt(row));
          default -> to.append(column.doubleAt(row));
        }
      }
    }
  }

  long count(String table) {
    return (Long) rows("SELECT count(*) FROM " + table).getFirst().getFirst();
  }

  /** Rows as null, Boolean, Long, Double and String. */
  List<List<Object>> rows(String sql) {
    List<List<Object>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          Object value = result.getObject(i);
          row.add(
              switch (value) {
                case null -> null;
                case Boolean truth -> truth;
                case String text -> text;
                case Float real -> (double) real;
                case Double real -> real;
                case Number number -> number.longValue();
                default -> throw new IllegalStateException(value.getClass() + " " + sql);
              });
        }
        rows.add(row);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
    return rows;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
