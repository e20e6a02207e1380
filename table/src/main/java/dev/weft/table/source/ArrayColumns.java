package dev.weft.table.source;

import dev.weft.core.HostArray;
import dev.weft.core.Index;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Arrays of one axis and one length as columns, computed partition by partition as they are read.
 *
 * @param arrays one for each column
 * @param partitionRows rows of each partition but the last
 */
public record ArrayColumns(
    Session session, Schema schema, List<NDArray> arrays, long rows, int partitionRows)
    implements TableSource {
  @Override
  public String description() {
    return "arrays";
  }

  @Override
  public int partitions() {
    return (int) Math.max(1, (rows + partitionRows - 1) / partitionRows);
  }

  @Override
  public long rows(int partition) {
    long from = (long) partition * partitionRows;
    return Math.min(partitionRows, rows - from);
  }

  @Override
  public Batch read(int partition, List<String> columns) {
    long from = (long) partition * partitionRows;
    long to = from + rows(partition);
    List<NDArray> wanted = new ArrayList<>();
    for (String name : columns) {
      wanted.add(arrays.get(schema.index(name)).slice(new Index.Range(from, to, null)));
    }
    List<ColumnData> values = new ArrayList<>();
    if (!wanted.isEmpty()) {
      for (HostArray array : session.compute(wanted)) {
        try (array) {
          ColumnData column =
              ColumnData.blank(new ColumnType.Number(array.dtype()), (int) (to - from));
          MemorySegment.copy(array.segment(), 0, column.memory(), 0, array.nbytes());
          values.add(column);
        }
      }
    }
    return new Batch(schema.select(columns), values, (int) (to - from));
  }

  /** The schema of arrays under these names. */
  public static Schema schema(List<String> names, List<NDArray> arrays) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      fields.add(new Field(names.get(i), new ColumnType.Number(arrays.get(i).dtype())));
    }
    return Schema.of(fields);
  }
}
