package dev.weft.table.window;

import dev.weft.table.column.ColumnBuilder;
import dev.weft.table.column.ColumnData;
import dev.weft.table.group.Aggregation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The first and the last value, and the user's own function of all values, in their order. */
final class SlidingValues implements Sliding {
  private final Aggregation aggregation;
  private final ColumnData operand;

  /** The rows in the window, from head to below end. */
  private final int[] queue;

  private int head;
  private int end;

  private final int[] chosen;
  private final @Nullable Object[] made;

  SlidingValues(Aggregation aggregation, ColumnData operand, int results) {
    this.aggregation = aggregation;
    this.operand = operand;
    this.queue = new int[operand.length()];
    this.chosen = new int[results];
    this.made = new Object[aggregation.own() == null ? 0 : results];
    Arrays.fill(chosen, -1);
  }

  @Override
  public void enter(int row) {
    queue[end++] = row;
  }

  @Override
  public void leave(int row) {
    head++;
  }

  @Override
  public void put(int result, int values) {
    Aggregation.Own own = aggregation.own();
    if (own != null) {
      List<Object> all = new ArrayList<>(values);
      for (int i = head; i < end; i++) {
        all.add(Objects.requireNonNull(operand.get(queue[i])));
      }
      made[result] = own.function().apply(all);
    } else if (values > 0) {
      chosen[result] = queue[aggregation.kind() == Aggregation.Kind.FIRST ? head : end - 1];
    }
  }

  @Override
  public ColumnData finish() {
    Aggregation.Own own = aggregation.own();
    if (own == null) {
      return operand.gatherOrNull(chosen, chosen.length);
    }
    ColumnBuilder results = ColumnBuilder.of(own.result());
    for (Object each : made) {
      own.add(each, results, aggregation.name());
    }
    return results.build();
  }
}
