package dev.weft.table.duckdb;

import dev.weft.table.column.Batch;
import dev.weft.table.source.TableWriter;
import java.io.IOException;
import java.sql.SQLException;
import org.duckdb.DuckDBConnection;

/** Takes the partitions of a table into a table of DuckDB, which is there. */
final class Loading implements TableWriter {
  private final DuckDBConnection connection;
  private final String table;

  Loading(DuckDBConnection connection, String table) {
    this.connection = connection;
    this.table = table;
  }

  /** Rows as they are: an appender makes of them what DuckDB wants. */
  record Rows(Batch batch) implements Encoded {}

  @Override
  public Encoded encode(Batch batch) {
    return new Rows(batch);
  }

  @Override
  public void append(Encoded partition) throws IOException {
    try {
      Appending.rows(connection, table, ((Rows) partition).batch());
    } catch (SQLException e) {
      throw new IOException("give rows to DuckDB: " + e.getMessage(), e);
    }
  }

  @Override
  public void commit() {}

  @Override
  public void abort() {}
}
