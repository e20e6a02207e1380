package dev.weft.table.group;

import dev.weft.core.dtype.DType;
import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import java.util.List;

/** How many different values there are in each group. */
final class DistinctState implements State {
  private static final ColumnType GROUP = new ColumnType.Number(DType.INT32);

  private final Schema schema;

  /** Each pair of a group and a value once. */
  private Batch pairs;

  DistinctState(ColumnType type) {
    this.schema = Schema.of(new Field("group", GROUP), new Field("value", type));
    this.pairs = Batch.empty(schema);
  }

  @Override
  public void groups(int count) {}

  @Override
  public void add(int[] ids, ColumnData values) {
    pairs =
        distinct(new Batch(schema, List.of(ColumnData.of(GROUP, ids, null), values), ids.length));
  }

  private static Batch distinct(Batch all) {
    GroupIds groups = GroupIds.of(all.columns(), all.rows());
    return all.gather(groups.first(), groups.count());
  }

  @Override
  public void merge(int[] map, int count, State other) {
    Batch theirs = ((DistinctState) other).pairs;
    int[] ids = ((int[]) theirs.columns().getFirst().values()).clone();
    for (int i = 0; i < ids.length; i++) {
      ids[i] = map[ids[i]];
    }
    Batch mapped =
        new Batch(
            schema,
            List.of(ColumnData.of(GROUP, ids, null), theirs.columns().getLast()),
            theirs.rows());
    pairs = distinct(Batch.concat(schema, List.of(pairs, mapped)));
  }

  @Override
  public long bytes() {
    return pairs.bytes();
  }

  @Override
  public ColumnData finish(int count) {
    long[] counts = new long[count];
    int[] ids = (int[]) pairs.columns().getFirst().values();
    ColumnData values = pairs.columns().getLast();
    for (int i = 0; i < ids.length; i++) {
      counts[ids[i]] += values.isNull(i) ? 0 : 1;
    }
    return ColumnData.of(ColumnType.INT64, counts, null);
  }
}
