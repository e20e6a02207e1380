package dev.weft.table.source;

import dev.weft.table.column.Batch;
import java.io.IOException;

/**
 * Takes the rows of a table to a file that appears complete or not at all. Partitions are {@link
 * #encode}d by many threads at a time, then {@link #append}ed one by one in their order. At the end
 * exactly one of {@link #commit} and {@link #abort} is called.
 */
public interface TableWriter {
  /** A partition as the format writes it. */
  interface Encoded {}

  /**
   * Makes of a partition what is to be written.
   *
   * @param batch all columns of the table
   */
  Encoded encode(Batch batch) throws IOException;

  /** Writes a partition behind those before it. */
  void append(Encoded partition) throws IOException;

  /** All partitions are written: makes the file visible and durable, atomically. */
  void commit() throws IOException;

  /** The job has failed: removes every trace. */
  void abort();
}
