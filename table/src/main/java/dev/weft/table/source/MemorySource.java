package dev.weft.table.source;

import dev.weft.table.column.Batch;
import dev.weft.table.column.Schema;
import java.util.List;

/**
 * Rows that are in memory.
 *
 * @param batches one or more, each a partition
 */
public record MemorySource(Schema schema, List<Batch> batches) implements TableSource {
  @Override
  public String description() {
    return "memory";
  }

  @Override
  public int partitions() {
    return batches.size();
  }

  @Override
  public long rows(int partition) {
    return batches.get(partition).rows();
  }

  @Override
  public long bytes() {
    return batches.stream().mapToLong(Batch::bytes).sum();
  }

  @Override
  public Batch read(int partition, List<String> columns) {
    return batches.get(partition).select(columns);
  }
}
