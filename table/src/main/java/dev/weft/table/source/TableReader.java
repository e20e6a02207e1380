package dev.weft.table.source;

import dev.weft.table.column.Batch;
import java.io.IOException;
import java.util.List;

/**
 * Reads the partitions of a source in one computation, and holds what they share meanwhile, such as
 * a file that is unpacked only once. Partitions are asked for in any order by many threads, but
 * mostly in theirs. Closed at the end of the computation, also where it fails.
 */
public interface TableReader extends AutoCloseable {
  /** The rows of a partition, as {@link TableSource#read} gives them. */
  Batch read(int partition, List<String> columns) throws IOException;

  @Override
  void close();
}
