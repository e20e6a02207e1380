package dev.weft.table.duckdb;

import dev.weft.core.Session;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import dev.weft.table.Table;
import dev.weft.table.Tables;
import dev.weft.table.column.Batch;
import dev.weft.table.column.Schema;
import dev.weft.table.source.MemorySource;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;

/**
 * Queries in SQL over tables, answered by DuckDB. Tables are computed and copied into a database in
 * memory, and so is the result: this is for what SQL says better, not for what is larger than
 * memory.
 *
 * <pre>{@code
 * Sql.query(session, "select name, avg(x) as x from t join u using (id) group by all order by name",
 *     Map.of("t", measurements, "u", people))
 * }</pre>
 *
 * <p>The dialect and its meaning are DuckDB's: NaN is above all numbers and equal to itself,
 * integers that overflow are errors, and rows have an order only where ORDER BY says so.
 */
public final class Sql {
  private Sql() {}

  /**
   * Computes the tables and the query.
   *
   * @param sql one statement that gives rows
   * @param tables by the names under which the statement knows them
   * @return the result, in memory
   * @throws UsageException when DuckDB is not on the class path, or refuses the statement
   */
  public static Table query(Session session, String sql, Map<String, Table> tables) {
    Driver.require("sql", Driver.NAME);
    return Database.query(session, sql, tables);
  }

  /** What names classes of DuckDB. */
  private static final class Database {
    private Database() {}

    static Table query(Session session, String sql, Map<String, Table> tables) {
      try (DuckDBConnection connection = open(session)) {
        for (Map.Entry<String, Table> each : tables.entrySet()) {
          Connections.execute(
              connection, DuckTypes.create(each.getKey(), each.getValue().schema()));
        }
        try (DuckDBPreparedStatement prepared = prepare(connection, sql, tables)) {
          // What is wrong with the statement is said before anything is computed.
          Schema schema = Results.schema(sql, prepared.getMetaData());
          for (Map.Entry<String, Table> each : tables.entrySet()) {
            each.getValue().save(() -> new Loading(connection, each.getKey()));
          }
          return Tables.of(session, new MemorySource(schema, rows(schema, prepared, sql, tables)));
        }
      } catch (SQLException e) {
        throw new DeviceException("sql: DuckDB failed: " + e.getMessage(), e);
      }
    }

    private static DuckDBConnection open(Session session) throws SQLException {
      Properties settings = new Properties();
      settings.setProperty("threads", String.valueOf(session.config().threads()));
      settings.setProperty("memory_limit", session.config().memoryLimit() / 1_000_000 + "MB");
      settings.setProperty("temp_directory", session.config().spillFolder().toString());
      return Connections.open("", settings);
    }

    private static DuckDBPreparedStatement prepare(
        DuckDBConnection connection, String sql, Map<String, Table> tables) {
      try {
        return connection.prepare(sql);
      } catch (SQLException e) {
        throw refused(sql, tables, e);
      }
    }

    private static UsageException refused(String sql, Map<String, Table> tables, SQLException e) {
      String known =
          tables.entrySet().stream()
              .map(each -> "%s (%s)".formatted(each.getKey(), each.getValue().schema()))
              .sorted()
              .collect(Collectors.joining("; "));
      return new UsageException(
          "sql '%s': %s. There are the tables %s".formatted(sql, e.getMessage(), known), e);
    }

    private static List<Batch> rows(
        Schema schema, DuckDBPreparedStatement prepared, String sql, Map<String, Table> tables) {
      try (DuckDBChunkedResult result = prepared.query()) {
        return Results.of(schema, result);
      } catch (SQLException e) {
        throw refused(sql, tables, e);
      }
    }
  }
}
