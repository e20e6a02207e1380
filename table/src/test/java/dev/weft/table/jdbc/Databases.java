package dev.weft.table.jdbc;

import dev.weft.table.column.Batch;
import dev.weft.table.source.TableSource;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Databases of two makers in a folder, and what is read from them. */
final class Databases {
  private Databases() {}

  /** A database of H2 in a file. */
  static String h2(Path folder) {
    return "jdbc:h2:" + folder.resolve("h2") + ";USER=sa;PASSWORD=swordfish";
  }

  /** A database of DuckDB in a file. */
  static String duckdb(Path folder) {
    return "jdbc:duckdb:" + folder.resolve("duck.db");
  }

  /** A database of one of both makers. */
  static String of(String maker, Path folder) {
    return maker.equals("h2") ? h2(folder) : duckdb(folder);
  }

  static void execute(String url, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  /** The values of a partition, row by row. */
  static List<List<Object>> rows(TableSource source, int partition, String... columns) {
    try {
      List<String> names = columns.length == 0 ? source.schema().names() : List.of(columns);
      Batch batch = source.read(partition, names);
      List<List<Object>> rows = new ArrayList<>();
      for (int row = 0; row < batch.rows(); row++) {
        Object[] values = new Object[batch.columns().size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = batch.columns().get(i).get(row);
        }
        rows.add(Arrays.asList(values));
      }
      return rows;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
