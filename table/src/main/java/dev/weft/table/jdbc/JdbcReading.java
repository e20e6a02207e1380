package dev.weft.table.jdbc;

import dev.weft.core.error.UsageException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * How the result of a query is read.
 *
 * <pre>{@code
 * JdbcReading.defaults().partitioned("id", 0, 1_000_000, 16).zone(ZoneId.of("Europe/Berlin"))
 * }</pre>
 *
 * @param fetchSize rows that the driver gets from the database at a time; 0 leaves it to the driver
 * @param zone in which dates, and timestamps without a zone, are meant; the columns have it
 * @param ranges how the result is cut into partitions; null for one partition
 */
public record JdbcReading(int fetchSize, ZoneId zone, @Nullable Ranges ranges) {
  /** Rows at a time, if nobody says otherwise. */
  public static final int FETCH_SIZE = 10_000;

  /** Refuses a fetch size below 0. */
  public JdbcReading {
    if (fetchSize < 0) {
      throw new UsageException(
          "fetchSize(%,d); give a number of rows, or 0 to leave it to the driver"
              .formatted(fetchSize));
    }
  }

  /** One partition, 10,000 rows at a time, and times in UTC. */
  public static JdbcReading defaults() {
    return new JdbcReading(FETCH_SIZE, ZoneOffset.UTC, null);
  }

  /** The driver gets so many rows at a time. */
  public JdbcReading fetchSize(int rows) {
    return new JdbcReading(rows, zone, ranges);
  }

  /** Dates, and timestamps without a zone, are meant in this zone. */
  public JdbcReading zone(ZoneId other) {
    return new JdbcReading(fetchSize, other, ranges);
  }

  /**
   * A partition, and a query, for each range of a column of numbers. The bounds only say how wide
   * the ranges are: rows outside of them, and those where the column is null, are read too.
   *
   * @param column of the result, best one with an index
   * @param lower about the smallest value
   * @param upper about the largest value, not below
   * @param partitions how many, 1 or more; fewer where the ranges would be empty
   */
  public JdbcReading partitioned(String column, long lower, long upper, int partitions) {
    return new JdbcReading(fetchSize, zone, Ranges.of(column, lower, upper, partitions));
  }

  /** The same of a column of dates or timestamps without a zone. */
  public JdbcReading partitioned(
      String column, LocalDateTime lower, LocalDateTime upper, int partitions) {
    return new JdbcReading(fetchSize, zone, Ranges.of(column, lower, upper, partitions));
  }
}
