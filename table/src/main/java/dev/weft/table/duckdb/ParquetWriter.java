package dev.weft.table.duckdb;

import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import dev.weft.io.file.AtomicFile;
import dev.weft.io.file.FileOperations;
import dev.weft.table.column.Batch;
import dev.weft.table.column.Schema;
import dev.weft.table.source.TableWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Writes a Parquet file by DuckDB: rows are collected in a database file beside the new file, so
 * that they may be more than memory, and written at the end. float16 becomes FLOAT; timestamps are
 * written as nanoseconds in UTC, without their zone.
 */
public final class ParquetWriter implements TableWriter {
  private static final String ROWS = "rows";

  /** Rows of a group, which is a partition where the file is read. */
  private static final int GROUP_ROWS = 1 << 19;

  private final AtomicFile.Draft draft;
  private final Path database;
  private final DuckDBConnection connection;
  private final Loading loading;

  /**
   * Begins a file.
   *
   * @param operations by which it is written and named
   * @throws UsageException when DuckDB is not on the class path, or the file cannot be written
   */
  public ParquetWriter(Path file, Schema schema, FileOperations operations) {
    Driver.require("write " + file, Driver.NAME);
    if (schema.size() == 0) {
      throw new UsageException(
          "write %s: the table has no columns, and Parquet holds none such. Select a column"
              .formatted(file));
    }
    draft = AtomicFile.at(file, operations, "rows.parquet").begin();
    database = draft.path().resolveSibling(draft.path().getFileName() + ".duckdb");
    DuckDBConnection open = null;
    try {
      open = Connections.open(database.toString(), new Properties());
      Connections.execute(open, DuckTypes.create(ROWS, schema));
    } catch (SQLException | RuntimeException e) {
      close(open);
      draft.discard(e);
      throw new DeviceException(
          "write %s: DuckDB cannot keep rows beside it: %s. Check the disk, or write elsewhere"
              .formatted(file, e.getMessage()),
          e);
    }
    connection = open;
    loading = new Loading(open, ROWS);
  }

  @Override
  public Encoded encode(Batch batch) {
    return loading.encode(batch);
  }

  @Override
  public void append(Encoded partition) throws IOException {
    loading.append(partition);
  }

  @Override
  public void commit() throws IOException {
    try {
      Connections.execute(
          connection,
          "COPY %s TO '%s' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE %d, USE_TMP_FILE false)"
              .formatted(ROWS, draft.path().toString().replace("'", "''"), GROUP_ROWS));
    } catch (SQLException e) {
      throw new IOException("DuckDB: " + e.getMessage(), e);
    }
    close(connection);
    draft.step("flushing the data", () -> draft.channel().force(true));
    draft.publish();
    draft.secure();
  }

  @Override
  public void abort() {
    close(connection);
    draft.discard(null);
  }

  private void close(@Nullable DuckDBConnection open) {
    try {
      if (open != null) {
        open.close();
      }
      Files.deleteIfExists(database);
      Files.deleteIfExists(database.resolveSibling(database.getFileName() + ".wal"));
    } catch (SQLException | IOException e) {
      // The file that was asked for is not touched by this; what lies beside it may be deleted.
    }
  }
}
