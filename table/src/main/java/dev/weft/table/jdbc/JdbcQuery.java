package dev.weft.table.jdbc;

import dev.weft.core.error.UsageException;
import dev.weft.table.column.Batch;
import dev.weft.table.column.Schema;
import dev.weft.table.source.TableSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The result of a query in SQL as a source of rows: one partition, in the order of the query, or
 * one for each range of a column, each with a query and a connection of its own. The database is
 * asked anew each time that rows are needed, so it should not change meanwhile. A connection is
 * closed when its rows have been read, when that fails, and when it is cancelled.
 */
public final class JdbcQuery implements TableSource {
  private static final int LONGEST_SHOWN = 60;

  private final Database database;
  private final String sql;
  private final JdbcReading reading;
  private final List<JdbcColumn> columns;
  private final Schema schema;
  private final String quote;

  private JdbcQuery(
      Database database,
      String sql,
      JdbcReading reading,
      List<JdbcColumn> columns,
      Schema schema,
      String quote) {
    this.database = database;
    this.sql = sql;
    this.reading = reading;
    this.columns = columns;
    this.schema = schema;
    this.quote = quote;
  }

  /**
   * The result of a query, of which the columns are asked for at once.
   *
   * @param url of the database, such as {@code jdbc:postgresql://host/name?user=me}
   * @param sql one statement that gives rows
   * @throws UsageException when the database refuses the query, no driver knows the address, or a
   *     column is of a type that tables do not hold
   * @throws dev.weft.core.error.DeviceException when the database cannot be reached
   */
  public static TableSource open(String url, String sql, JdbcReading reading) {
    return open(Database.of(url, sql), sql, reading);
  }

  /** The same by connections that are opened elsewhere. */
  public static TableSource open(ConnectionSupplier connections, String sql, JdbcReading reading) {
    return open(new Database(connections, sql, null), sql, reading);
  }

  private static TableSource open(Database database, String text, JdbcReading reading) {
    String sql = text.strip().replaceAll("[;\\s]+$", "");
    return database.prepare(
        connection -> {
          try (PreparedStatement prepared = connection.prepareStatement(sql)) {
            List<JdbcColumn> columns = columns(prepared, reading);
            Schema schema = schema(columns);
            Ranges ranges = reading.ranges();
            if (ranges != null) {
              schema.index(ranges.column());
            }
            String quote = connection.getMetaData().getIdentifierQuoteString();
            return new JdbcQuery(
                database, sql, reading, columns, schema, quote == null ? "" : quote.strip());
          }
        });
  }

  private static List<JdbcColumn> columns(PreparedStatement prepared, JdbcReading reading)
      throws SQLException {
    ResultSetMetaData all = prepared.getMetaData();
    if (all == null || all.getColumnCount() == 0) {
      throw new UsageException("the statement gives no rows; write a SELECT");
    }
    List<JdbcColumn> columns = new ArrayList<>();
    for (int i = 1; i <= all.getColumnCount(); i++) {
      columns.add(JdbcColumn.of(all, i, reading.zone()));
    }
    return columns;
  }

  private static Schema schema(List<JdbcColumn> columns) {
    try {
      return Schema.of(columns.stream().map(JdbcColumn::field).toList());
    } catch (UsageException e) {
      throw new UsageException(e.getMessage() + ", with AS in the query", e);
    }
  }

  @Override
  public String description() {
    String line = database.shown(sql).replaceAll("\\s+", " ");
    return "query '%s'"
        .formatted(line.length() > LONGEST_SHOWN ? line.substring(0, LONGEST_SHOWN) + "..." : line);
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public int partitions() {
    Ranges ranges = reading.ranges();
    return ranges == null ? 1 : ranges.count();
  }

  @Override
  public Batch read(int partition, List<String> names) {
    return database.ask(
        connection -> {
          // Drivers of some databases hold all rows in memory unless a transaction is open.
          boolean wasAutomatic = connection.getAutoCommit();
          connection.setAutoCommit(false);
          try {
            return read(connection, partition, names);
          } finally {
            end(connection, wasAutomatic);
          }
        });
  }

  private static void end(Connection connection, boolean wasAutomatic) {
    try {
      connection.rollback();
      connection.setAutoCommit(wasAutomatic);
    } catch (SQLException e) {
      // The rows are there, or their failure says more; the connection is closed next.
    }
  }

  private Batch read(Connection connection, int partition, List<String> names) throws SQLException {
    Ranges ranges = reading.ranges();
    try (PreparedStatement statement =
        connection.prepareStatement(
            ranges == null ? sql : range(ranges, partition, names),
            ResultSet.TYPE_FORWARD_ONLY,
            ResultSet.CONCUR_READ_ONLY)) {
      statement.setFetchSize(reading.fetchSize());
      for (int i = 0; ranges != null && i < ranges.bounds(partition).size(); i++) {
        statement.setObject(i + 1, ranges.bounds(partition).get(i));
      }
      JdbcRows rows = new JdbcRows(schema.select(names));
      for (int i = 0; i < names.size(); i++) {
        int place = schema.index(names.get(i));
        // A query of its own gives only these columns.
        rows.take(columns.get(place), ranges == null ? place + 1 : i + 1);
      }
      try (InterruptWatch watch = new InterruptWatch(statement);
          ResultSet result = statement.executeQuery()) {
        return rows.all(result);
      }
    }
  }

  /** The query of a range. Its end stands on a line of its own, for there may be a comment. */
  private String range(Ranges ranges, int partition, List<String> names) {
    String wanted =
        names.isEmpty() ? "1" : names.stream().map(this::quoted).collect(Collectors.joining(", "));
    return "select %s from (\n%s\n) weft_rows where %s"
        .formatted(wanted, sql, ranges.condition(partition, quoted(ranges.column())));
  }

  private String quoted(String name) {
    return quote.isEmpty() ? name : quote + name.replace(quote, quote + quote) + quote;
  }
}
