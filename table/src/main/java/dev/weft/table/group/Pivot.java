package dev.weft.table.group;

import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Groups by several keys, of which the last becomes columns. */
public final class Pivot {
  private Pivot() {}

  /**
   * A row for each group of the other keys, in the order of their first rows.
   *
   * @param groups keys, of which the last becomes columns, and behind them what was made
   * @param values of the last key that become columns, all different
   * @param result the columns: the other keys, and one for each value
   */
  public static Batch of(Batch groups, ColumnData values, Schema result) {
    int others = groups.columns().size() - 2;
    List<ColumnData> keys = groups.columns().subList(0, others);
    GroupIds rows = GroupIds.of(keys, groups.rows());
    int[] places = places(groups, values);
    int[] begins = new int[values.length() + 1];
    for (int place : places) {
      if (place < values.length()) {
        begins[place + 1]++;
      }
    }
    for (int v = 0; v < values.length(); v++) {
      begins[v + 1] += begins[v];
    }
    int[] next = begins.clone();
    int[] byValue = new int[begins[values.length()]];
    for (int group = 0; group < places.length; group++) {
      if (places[group] < values.length()) {
        byValue[next[places[group]]++] = group;
      }
    }
    List<ColumnData> columns = new ArrayList<>();
    keys.forEach(key -> columns.add(key.gather(rows.first(), rows.count())));
    ColumnData made = groups.columns().getLast();
    int[] from = new int[rows.count()];
    for (int v = 0; v < values.length(); v++) {
      Arrays.fill(from, -1);
      for (int i = begins[v]; i < begins[v + 1]; i++) {
        from[rows.ids()[byValue[i]]] = byValue[i];
      }
      columns.add(made.gatherOrNull(from, from.length));
    }
    return new Batch(result, columns, rows.count());
  }

  /** The place of each group's value among those that become columns; beyond them of others. */
  private static int[] places(Batch groups, ColumnData values) {
    int column = groups.columns().size() - 2;
    Field field = groups.schema().fields().get(column);
    Schema schema = Schema.of(field);
    ColumnData own = groups.columns().get(column);
    Batch both =
        Batch.concat(
            schema,
            List.of(
                new Batch(schema, List.of(values), values.length()),
                new Batch(schema, List.of(own), own.length())));
    // The values come first and are all different: their numbers are their places.
    int[] ids = GroupIds.of(both.columns(), both.rows()).ids();
    return Arrays.copyOfRange(ids, values.length(), ids.length);
  }
}
