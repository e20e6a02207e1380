package dev.weft.table.source;

import dev.weft.table.column.Batch;
import dev.weft.table.column.Schema;
import java.io.IOException;
import java.util.List;

/** The partitions of sources one after the other, all of the same columns. */
public final class ConcatenatedSource implements TableSource {
  private final List<? extends TableSource> parts;

  /** The first partition of each part, and behind the last. */
  private final int[] firsts;

  private ConcatenatedSource(List<? extends TableSource> parts) {
    this.parts = List.copyOf(parts);
    this.firsts = new int[parts.size() + 1];
    for (int i = 0; i < parts.size(); i++) {
      firsts[i + 1] = Math.addExact(firsts[i], parts.get(i).partitions());
    }
  }

  /** Of one or more sources; one alone is itself. */
  public static TableSource of(List<? extends TableSource> parts) {
    return parts.size() == 1 ? parts.getFirst() : new ConcatenatedSource(parts);
  }

  @Override
  public String description() {
    return "%s and %,d more".formatted(parts.getFirst().description(), parts.size() - 1);
  }

  @Override
  public Schema schema() {
    return parts.getFirst().schema();
  }

  @Override
  public int partitions() {
    return firsts[parts.size()];
  }

  private int part(int partition) {
    int found = java.util.Arrays.binarySearch(firsts, partition);
    return found < 0 ? -found - 2 : found;
  }

  @Override
  public long rows(int partition) {
    int part = part(partition);
    return parts.get(part).rows(partition - firsts[part]);
  }

  @Override
  public long bytes() {
    long all = 0;
    for (TableSource part : parts) {
      if (part.bytes() < 0) {
        return -1;
      }
      all += part.bytes();
    }
    return all;
  }

  @Override
  public Batch read(int partition, List<String> columns) throws IOException {
    int part = part(partition);
    return parts.get(part).read(partition - firsts[part], columns);
  }

  @Override
  public TableReader reader() {
    List<TableReader> readers = parts.stream().map(TableSource::reader).toList();
    return new TableReader() {
      @Override
      public Batch read(int partition, List<String> columns) throws IOException {
        int part = part(partition);
        return readers.get(part).read(partition - firsts[part], columns);
      }

      @Override
      public void close() {
        readers.forEach(TableReader::close);
      }
    };
  }
}
