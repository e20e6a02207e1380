package dev.weft.table.group;

import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Groups of rows and what is collected of them, in the order of their first rows. Groups of
 * partitions are joined with those of the partitions behind.
 */
public final class Groups {
  private final List<Aggregation> aggregations;
  private final List<State> states;

  /** The keys of each group. */
  private Batch keys;

  private Groups(List<Aggregation> aggregations, List<State> states, Batch keys) {
    this.aggregations = aggregations;
    this.states = states;
    this.keys = keys;
  }

  /**
   * The groups of a batch.
   *
   * @param keys columns of which rows of equal values are a group
   * @param operands a column for each aggregation, null for the number of rows
   */
  public static Groups of(
      Batch keys, List<Aggregation> aggregations, List<@Nullable ColumnData> operands) {
    GroupIds ids = GroupIds.of(keys.columns(), keys.rows());
    List<State> states = new ArrayList<>();
    for (int i = 0; i < aggregations.size(); i++) {
      ColumnData operand = operands.get(i);
      State state = aggregations.get(i).state(operand == null ? null : operand.type());
      state.groups(ids.count());
      state.add(
          ids.ids(),
          operand == null ? ColumnData.of(ColumnType.BOOL, new byte[keys.rows()], null) : operand);
      states.add(state);
    }
    return new Groups(aggregations, states, keys.gather(ids.first(), ids.count()));
  }

  /** Takes in the groups of rows behind those here; the other object is used up. */
  public Groups merge(Groups other) {
    Batch both = Batch.concat(keys.schema(), List.of(keys, other.keys));
    GroupIds ids = GroupIds.of(both.columns(), both.rows());
    int own = keys.rows();
    int[] map = Arrays.copyOfRange(ids.ids(), own, both.rows());
    for (int i = 0; i < states.size(); i++) {
      states.get(i).groups(ids.count());
      states.get(i).merge(map, other.keys.rows(), other.states.get(i));
    }
    keys = both.gather(ids.first(), ids.count());
    return this;
  }

  /** The only row where there are no keys and no rows. */
  public Batch none() {
    states.forEach(state -> state.groups(1));
    List<Field> fields = new ArrayList<>();
    List<ColumnData> columns = new ArrayList<>();
    for (int i = 0; i < states.size(); i++) {
      ColumnData result = states.get(i).finish(1);
      fields.add(new Field(aggregations.get(i).name(), result.type()));
      columns.add(result);
    }
    return new Batch(Schema.of(fields), columns, 1);
  }

  /** About how many bytes of the heap they take. */
  public long bytes() {
    return keys.bytes() + states.stream().mapToLong(State::bytes).sum();
  }

  /** Number of groups. */
  public int count() {
    return keys.rows();
  }

  /** A row for each group: its keys, then the results. */
  public Batch finish() {
    List<Field> fields = new ArrayList<>(keys.schema().fields());
    List<ColumnData> columns = new ArrayList<>(keys.columns());
    for (int i = 0; i < states.size(); i++) {
      ColumnData result = states.get(i).finish(keys.rows());
      fields.add(new Field(aggregations.get(i).name(), result.type()));
      columns.add(result);
    }
    return new Batch(Schema.of(fields), columns, keys.rows());
  }

  /** The columns of the result. */
  public static Schema schema(
      Schema keys, List<Aggregation> aggregations, List<@Nullable ColumnType> operands) {
    List<Field> fields = new ArrayList<>(keys.fields());
    for (int i = 0; i < aggregations.size(); i++) {
      Aggregation aggregation = aggregations.get(i);
      fields.add(new Field(aggregation.name(), aggregation.type(operands.get(i))));
    }
    return Schema.of(fields);
  }
}
