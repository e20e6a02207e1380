package dev.weft.table.source;

import dev.weft.table.column.Batch;
import dev.weft.table.column.Schema;
import java.io.IOException;
import java.util.List;

/**
 * Rows that are read partition by partition: a file, arrays, generated rows. Safe for many threads;
 * every read of a partition gives the same rows.
 */
public interface TableSource {
  /** What the source is, for people: a path, or "memory". */
  String description();

  /** All columns, in order. */
  Schema schema();

  /** Number of partitions, 1 or more. */
  int partitions();

  /** The number of rows of a partition, or -1 where only reading it tells. */
  default long rows(int partition) {
    return -1;
  }

  /** About how many bytes of memory all columns of all rows take, or -1 where nobody knows. */
  default long bytes() {
    return -1;
  }

  /**
   * The rows of a partition.
   *
   * @param columns names of the columns that are wanted, in the order of the schema, perhaps none;
   *     others need not be read
   * @return a batch of just these columns
   * @throws IOException when they cannot be read; tasks try again, three times at most
   */
  Batch read(int partition, List<String> columns) throws IOException;

  /**
   * What reads partitions in one computation. Sources whose partitions share nothing need none of
   * their own.
   */
  default TableReader reader() {
    return new TableReader() {
      @Override
      public Batch read(int partition, List<String> columns) throws IOException {
        return TableSource.this.read(partition, columns);
      }

      @Override
      public void close() {
        // Nothing is shared.
      }
    };
  }
}
