package dev.weft.table;

import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.error.UsageException;
import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnBuilder;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Field;
import dev.weft.table.column.Moments;
import dev.weft.table.column.Schema;
import dev.weft.table.expr.Constants;
import dev.weft.table.jdbc.ConnectionSupplier;
import dev.weft.table.jdbc.JdbcQuery;
import dev.weft.table.jdbc.JdbcReading;
import dev.weft.table.plan.Relation;
import dev.weft.table.source.ArrayColumns;
import dev.weft.table.source.MemorySource;
import dev.weft.table.source.TableFiles;
import dev.weft.table.source.TableReading;
import dev.weft.table.source.TableSource;
import dev.weft.table.source.Timeseries;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where tables come from.
 *
 * <pre>{@code
 * try (Session session = Session.open()) {
 *   Table t = Tables.timeseries(session);
 *   System.out.println(t.groupBy("name").agg(mean("x"), count()).sort("name").compute());
 * }
 * }</pre>
 */
public final class Tables {
  /** Rows of a partition that is cut from arrays and rows in memory. */
  private static final int PARTITION_ROWS = 1 << 20;

  private Tables() {}

  /** The rows of a source. */
  public static Table of(Session session, TableSource source) {
    return new Table(session, new Relation.Scan(source, source.schema()));
  }

  /**
   * The rows of a file, or of all files of a pattern such as {@code data-*.csv}, one after the
   * other: CSV, JSON lines or Parquet, which its ending says. What is not said of types is found
   * from its first rows. Files may be larger than memory.
   *
   * @throws UsageException when there is no such file, or its ending is of no format
   */
  public static Table read(Session session, Path path) {
    return read(session, path, TableReading.defaults());
  }

  /** The same, read as it is asked for. */
  public static Table read(Session session, Path path, TableReading options) {
    return of(session, TableFiles.open(path, options));
  }

  /**
   * The rows that a database answers a query with, by its JDBC driver, in one partition and in the
   * order of the query. Decimals become float64, dates and times are meant in UTC.
   *
   * <pre>{@code
   * Tables.query(session, "jdbc:postgresql://host/shop?user=me", "select id, price from orders")
   * }</pre>
   *
   * @param url of the database; its driver is on the class path
   * @throws UsageException when the database refuses the query, or a column is of a type that
   *     tables do not hold, such as BLOB
   * @throws dev.weft.core.error.DeviceException when the database cannot be reached
   */
  public static Table query(Session session, String url, String sql) {
    return query(session, url, sql, JdbcReading.defaults());
  }

  /** The same, read as it is asked for: in partitions, with another zone. */
  public static Table query(Session session, String url, String sql, JdbcReading reading) {
    return of(session, JdbcQuery.open(url, sql, reading));
  }

  /**
   * The same by connections that are opened elsewhere, such as {@code dataSource::getConnection}.
   */
  public static Table query(Session session, ConnectionSupplier connections, String sql) {
    return query(session, connections, sql, JdbcReading.defaults());
  }

  /** The same by connections that are opened elsewhere, read as it is asked for. */
  public static Table query(
      Session session, ConnectionSupplier connections, String sql, JdbcReading reading) {
    return of(session, JdbcQuery.open(connections, sql, reading));
  }

  /**
   * Arrays of one axis as columns; nothing is computed before the table is.
   *
   * @param columns name and array, all of one length, in one session
   */
  public static Table of(Session session, Map<String, NDArray> columns) {
    List<String> names = List.copyOf(columns.keySet());
    List<NDArray> arrays = List.copyOf(columns.values());
    if (arrays.isEmpty()) {
      throw new UsageException("a table of no arrays; give at least one");
    }
    long rows = arrays.getFirst().size();
    for (int i = 0; i < arrays.size(); i++) {
      NDArray array = arrays.get(i);
      if (array.rank() != 1 || array.size() != rows) {
        throw new UsageException(
            "column %s is an array of shape %s, and %s has %,d elements; columns have one axis and one length"
                .formatted(names.get(i), array.shape(), names.getFirst(), rows));
      }
    }
    Schema schema = ArrayColumns.schema(names, arrays);
    return of(session, new ArrayColumns(session, schema, arrays, rows, PARTITION_ROWS));
  }

  /**
   * Rows that are in memory already, in so many partitions of about the same length.
   *
   * @param columns name and values: null, Boolean, numbers, String and Instant, all of one type
   */
  public static Table ofRows(
      Session session, Map<String, ? extends List<?>> columns, int partitions) {
    List<Field> fields = new ArrayList<>();
    List<ColumnData> values = new ArrayList<>();
    int rows = -1;
    for (Map.Entry<String, ? extends List<?>> column : columns.entrySet()) {
      ColumnData data = column(column.getKey(), column.getValue());
      if (rows >= 0 && data.length() != rows) {
        throw new UsageException(
            "column %s has %,d values and those before it %,d; give as many of each"
                .formatted(column.getKey(), data.length(), rows));
      }
      rows = data.length();
      fields.add(new Field(column.getKey(), data.type()));
      values.add(data);
    }
    return of(session, new Batch(Schema.of(fields), values, Math.max(rows, 0)), partitions);
  }

  private static ColumnData column(String name, List<?> values) {
    ColumnType type = ColumnType.FLOAT64;
    boolean whole = true;
    for (Object value : values) {
      if (value != null) {
        Object known = Constants.of(value);
        whole &= known instanceof Long;
        type =
            switch (known) {
              case Boolean truth -> ColumnType.BOOL;
              case Long number -> whole ? ColumnType.INT64 : ColumnType.FLOAT64;
              case Double number -> ColumnType.FLOAT64;
              case String text -> ColumnType.TEXT;
              default -> ColumnType.TIMESTAMP;
            };
      }
    }
    ColumnBuilder builder = ColumnBuilder.of(type);
    for (@Nullable Object value : values) {
      if (!builder.tryAdd(value == null ? null : Constants.of(value))) {
        throw new UsageException(
            "column %s: %s among values of %s; give values of one type"
                .formatted(name, value, type.label()));
      }
    }
    return builder.build();
  }

  /** The rows of a computed table, in one partition. */
  public static Table of(Session session, HostTable rows) {
    return of(session, rows.batch(), 1);
  }

  /** The rows of a batch, in so many partitions of about the same length. */
  static Table of(Session session, Batch batch, int partitions) {
    if (partitions < 1) {
      throw new UsageException("a table of %d partitions; give at least 1".formatted(partitions));
    }
    List<Batch> parts = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      int from = (int) ((long) batch.rows() * i / partitions);
      int to = (int) ((long) batch.rows() * (i + 1) / partitions);
      parts.add(batch.slice(from, to));
    }
    return of(session, new MemorySource(batch.schema(), parts));
  }

  /**
   * The demonstration data that users of Dask know: 30 days from 2000-01-01 at a second, 2,592,000
   * rows in a partition for each day, with columns {@code timestamp}, {@code name} (of 26), {@code
   * id} (near 1000), {@code x} and {@code y} (uniform from -1 to 1).
   */
  public static Table timeseries(Session session) {
    return timeseries(
        session,
        Instant.parse("2000-01-01T00:00:00Z"),
        Instant.parse("2000-01-31T00:00:00Z"),
        Duration.ofSeconds(1),
        Duration.ofDays(1),
        0);
  }

  /**
   * The same with other times. The rows do not depend on partitions, threads and machines.
   *
   * @param end is not among the rows
   * @param step between rows
   * @param partition length of time of a partition, a whole number of steps
   * @param seed another gives other rows
   */
  public static Table timeseries(
      Session session, Instant start, Instant end, Duration step, Duration partition, long seed) {
    long first = Moments.nanos(start);
    long length = Moments.nanos(end) - first;
    long nanos = step.toNanos();
    if (length <= 0 || nanos <= 0 || partition.toNanos() < nanos) {
      throw new UsageException(
          "timeseries from %s to %s in steps of %s and partitions of %s; the end must be after the start, steps longer than 0, and partitions at least a step"
              .formatted(start, end, step, partition));
    }
    long rows = (length + nanos - 1) / nanos;
    int partitionRows = (int) Math.min(partition.toNanos() / nanos, 1 << 28);
    return of(session, new Timeseries(session, first, nanos, rows, partitionRows, seed));
  }
}
