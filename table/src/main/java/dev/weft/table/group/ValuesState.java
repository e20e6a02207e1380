package dev.weft.table.group;

import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnBuilder;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** All values of each group, in the order of rows, of which something is made at the end. */
final class ValuesState implements State {
  private final Aggregation aggregation;
  private final Schema schema;

  /** Parts of the column, and the group of each row of each. */
  private final List<ColumnData> parts = new ArrayList<>();

  private final List<int[]> groups = new ArrayList<>();

  ValuesState(Aggregation aggregation, ColumnType type) {
    this.aggregation = aggregation;
    this.schema = Schema.of(new Field("x", type));
  }

  @Override
  public void groups(int count) {}

  @Override
  public void add(int[] ids, ColumnData values) {
    parts.add(values);
    groups.add(ids);
  }

  @Override
  public void merge(int[] map, int count, State other) {
    ValuesState theirs = (ValuesState) other;
    parts.addAll(theirs.parts);
    for (int[] ids : theirs.groups) {
      int[] mapped = new int[ids.length];
      for (int i = 0; i < ids.length; i++) {
        mapped[i] = map[ids[i]];
      }
      groups.add(mapped);
    }
  }

  /** The values that are there, sorted by group, and where each group begins. */
  private record Sorted(ColumnData values, int[] begins) {}

  private Sorted sorted(int count) {
    List<Batch> batches = new ArrayList<>();
    for (ColumnData part : parts) {
      batches.add(new Batch(schema, List.of(part), part.length()));
    }
    ColumnData all =
        batches.isEmpty()
            ? Batch.empty(schema).columns().getFirst()
            : Batch.concat(schema, batches).columns().getFirst();
    int[] ids = new int[all.length()];
    int at = 0;
    for (int[] part : groups) {
      System.arraycopy(part, 0, ids, at, part.length);
      at += part.length;
    }
    int[] begins = new int[count + 1];
    for (int i = 0; i < ids.length; i++) {
      if (!all.isNull(i)) {
        begins[ids[i] + 1]++;
      }
    }
    for (int g = 0; g < count; g++) {
      begins[g + 1] += begins[g];
    }
    int[] next = begins.clone();
    int[] rows = new int[begins[count]];
    for (int i = 0; i < ids.length; i++) {
      if (!all.isNull(i)) {
        rows[next[ids[i]]++] = i;
      }
    }
    return new Sorted(all.gather(rows, rows.length), begins);
  }

  @Override
  public long bytes() {
    return parts.stream()
        .mapToLong(part -> part.bytes() + (long) part.length() * Integer.BYTES)
        .sum();
  }

  @Override
  public ColumnData finish(int count) {
    Sorted sorted = sorted(count);
    Aggregation.Own own = aggregation.own();
    return own == null ? quantiles(sorted, count) : own(sorted, count, own);
  }

  private ColumnData quantiles(Sorted sorted, int count) {
    double[] values = sorted.values.doubles();
    if (values == sorted.values.values()) {
      values = values.clone();
    }
    double[] ordered = values;
    double[] results = new double[count];
    byte[] present = new byte[count];
    for (int g = 0; g < count; g++) {
      int from = sorted.begins[g];
      int to = sorted.begins[g + 1];
      if (to > from) {
        // NaN comes last.
        Arrays.sort(values, from, to);
        results[g] =
            Double.isNaN(values[to - 1])
                ? Double.NaN
                : LinearQuantile.of(to - from, aggregation.number(), at -> ordered[from + at]);
        present[g] = 1;
      }
    }
    return ColumnData.of(ColumnType.FLOAT64, results, present);
  }

  private ColumnData own(Sorted sorted, int count, Aggregation.Own own) {
    ColumnBuilder results = ColumnBuilder.of(own.result());
    for (int g = 0; g < count; g++) {
      List<Object> values = new ArrayList<>();
      for (int i = sorted.begins[g]; i < sorted.begins[g + 1]; i++) {
        values.add(Objects.requireNonNull(sorted.values.get(i)));
      }
      own.add(own.function().apply(values), results, aggregation.name());
    }
    return results.build();
  }
}
