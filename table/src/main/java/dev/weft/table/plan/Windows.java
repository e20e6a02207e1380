package dev.weft.table.plan;

import dev.weft.core.error.UsageException;
import dev.weft.core.task.Delayed;
import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import dev.weft.table.expr.Evaluation;
import dev.weft.table.expr.Named;
import dev.weft.table.expr.Node;
import dev.weft.table.group.Aggregation;
import dev.weft.table.store.Store;
import dev.weft.table.window.Window;
import dev.weft.table.window.WindowRows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Windows over rows: each partition is kept; from one to the next goes what windows of later rows
 * can reach, which may be of several partitions; then each partition is worked on with what came to
 * it, side by side.
 *
 * <pre>
 * kept 0 ── tail 0 ─── tail 1 ─── …
 *    └ rolling 0   └ rolling 1   └ rolling 2        rolling i: tail i - 1 and kept i
 * </pre>
 */
final class Windows {
  private final Run run;
  private final Relation.Roll roll;

  /** What windows need of rows: the time, keys, and operands. */
  private final List<Named> needed = new ArrayList<>();

  private final Schema neededSchema;

  /** The column of the base that is the operand of an aggregation, among those needed; or -1. */
  private final int[] operands;

  private final int keys;
  private final @Nullable String time;

  private Windows(Run run, Relation.Roll roll, Schema input) {
    this.run = run;
    this.roll = roll;
    this.time = roll.window() instanceof Window.Time(String name, var period) ? name : null;
    if (time != null) {
      add(new Node.Ref(time));
    }
    this.keys = needed.size();
    roll.keys().forEach(key -> add(key.node()));
    this.operands = new int[roll.aggregations().size()];
    for (int i = 0; i < operands.length; i++) {
      Node operand = roll.aggregations().get(i).operand();
      operands[i] = operand == null ? -1 : needed.size();
      if (operand != null) {
        add(operand);
      }
    }
    List<Field> fields = new ArrayList<>(Evaluation.schema(run.session(), input, needed).fields());
    fields.add(new Field("place", ColumnType.INT64));
    this.neededSchema = Schema.of(fields);
  }

  private void add(Node node) {
    needed.add(new Named("needed " + needed.size(), node));
  }

  static Parts of(Run run, Relation.Roll roll) {
    Parts input = run.lower(roll.input());
    return new Windows(run, roll, input.schema()).windows(input);
  }

  /**
   * What windows of later rows can reach.
   *
   * @param rows the columns that are needed, and the places of the rows in the table; or null
   * @param next the place of the first row behind them
   */
  private record Tail(Store.@Nullable Held rows, long next) {}

  private Parts windows(Parts input) {
    List<Store.Held> kept = run.compute(input.finish("keep for windows", run.store()::put));
    List<Delayed<Tail>> making = new ArrayList<>();
    Delayed<Tail> last = run.session().delayed(() -> new Tail(null, 0)).named("begin windows");
    for (Store.Held each : kept) {
      making.add(last);
      last =
          run.session().delayed((Tail before) -> next(before, each), last).named("tail of windows");
    }
    // The last one is not needed, but finds rows that are out of order.
    making.add(last);
    List<Tail> tails = run.compute(making);
    List<Parts.Part> parts = new ArrayList<>();
    for (int i = 0; i < kept.size(); i++) {
      Tail before = tails.get(i);
      Store.Held rows = kept.get(i);
      parts.add(Parts.read("rolling", () -> rolled(before, rows.get())));
    }
    return new Parts(run.session(), roll.schema(), parts);
  }

  /** The columns that are needed, of rows before a partition and of its own, with their places. */
  private Batch together(Tail before, Batch rows) {
    List<ColumnData> columns =
        new ArrayList<>(
            Evaluation.columns(run.session(), rows, needed.stream().map(Named::node).toList()));
    long[] places = new long[rows.rows()];
    for (int i = 0; i < places.length; i++) {
      places[i] = before.next + i;
    }
    columns.add(ColumnData.of(ColumnType.INT64, places, null));
    Batch own = new Batch(neededSchema, columns, rows.rows());
    Store.Held earlier = before.rows;
    return earlier == null ? own : Batch.concat(neededSchema, List.of(earlier.get(), own));
  }

  private WindowRows windows(Batch all) {
    return new WindowRows(
        roll.window(),
        all.columns().subList(keys, keys + roll.keys().size()),
        time == null ? null : all.columns().getFirst(),
        all.rows());
  }

  private Tail next(Tail before, Store.Held partition) {
    Batch all = together(before, partition.get());
    requireTimes(all);
    WindowRows windows = windows(all);
    WindowRows.Descent descent = windows.descent();
    if (descent != null) {
      throw descends(all, descent);
    }
    int[] reached = windows.tail();
    Store.Held rows = run.store().put(all.gather(reached, reached.length).compact());
    return new Tail(rows, before.next + partition.rows());
  }

  private static long place(Batch all, int row) {
    return all.columns().getLast().longAt(row);
  }

  private void requireTimes(Batch all) {
    if (time == null || all.columns().getFirst().nulls() == 0) {
      return;
    }
    int row = 0;
    while (!all.columns().getFirst().isNull(row)) {
      row++;
    }
    throw new UsageException(
        "rolling %s: row %,d, counted from 0, has no time. Leave such rows away, with filter(col(\"%s\").isNull().not())"
            .formatted(roll.window(), place(all, row), time));
  }

  private UsageException descends(Batch all, WindowRows.Descent descent) {
    ColumnData times = all.columns().getFirst();
    return new UsageException(
        "rolling %s: %s is not in ascending order%s: row %,d, counted from 0, has %s, and row %,d before it %s. Sort the table first, with sort(\"%s\")"
            .formatted(
                roll.window(),
                time,
                roll.keys().isEmpty() ? "" : " in each group",
                place(all, descent.row()),
                times.get(descent.row()),
                place(all, descent.before()),
                times.get(descent.before()),
                time));
  }

  private Batch rolled(Tail before, Batch rows) {
    Batch all = together(before, rows);
    WindowRows windows = windows(all);
    List<ColumnData> columns = new ArrayList<>(rows.columns());
    for (int i = 0; i < operands.length; i++) {
      Aggregation aggregation = roll.aggregations().get(i);
      ColumnData operand = operands[i] < 0 ? null : all.columns().get(operands[i]);
      columns.add(
          windows.column(aggregation, operand, all.rows() - rows.rows(), roll.minPeriods()));
    }
    return new Batch(roll.schema(), columns, rows.rows());
  }
}
