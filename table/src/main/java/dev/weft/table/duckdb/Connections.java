package dev.weft.table.duckdb;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/** Opens databases of DuckDB. */
final class Connections {
  private Connections() {}

  /**
   * A connection to a database, which is made where it is missing.
   *
   * @param file of the database; empty for one in memory
   */
  static DuckDBConnection open(String file, Properties settings) throws SQLException {
    Connection connection = new DuckDBDriver().connect("jdbc:duckdb:" + file, settings);
    if (connection == null) {
      throw new SQLException("DuckDB refuses the name " + file);
    }
    return connection.unwrap(DuckDBConnection.class);
  }

  static void execute(DuckDBConnection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
