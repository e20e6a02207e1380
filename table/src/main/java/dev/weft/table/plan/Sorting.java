package dev.weft.table.plan;

import dev.weft.core.task.Delayed;
import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import dev.weft.table.expr.Evaluation;
import dev.weft.table.expr.Node;
import dev.weft.table.order.RowOrder;
import dev.weft.table.order.SortKey;
import dev.weft.table.store.Store;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sorts: each partition is sorted and kept; a sample of all says where the partitions of the result
 * begin; each of them then sorts its pieces of all the kept ones.
 */
final class Sorting {
  /** Rows of each partition in the sample. */
  private static final int SAMPLE = 256;

  private static final ColumnType PLACE = ColumnType.INT64;

  private final Run run;
  private final List<Node> keys;
  private final List<Boolean> descending;

  private Sorting(Run run, List<SortKey> keys) {
    this.run = run;
    this.keys = keys.stream().map(SortKey::node).toList();
    this.descending = keys.stream().map(SortKey::descending).toList();
  }

  static Parts of(Run run, Relation.Sort sort) {
    Sorting sorting = new Sorting(run, sort.keys());
    Parts input = run.lower(sort.input());
    if (sort.limit() >= 0) {
      return sorting.first(input, sort.limit());
    }
    return sorting.whole(input);
  }

  /** Partitions sorted by columns of theirs. */
  static Parts of(Run run, Parts input, List<SortKey> keys) {
    return new Sorting(run, keys).whole(input);
  }

  private Parts whole(Parts input) {
    return input.parts().size() == 1
        ? input.then("sort", input.schema(), this::sorted)
        : all(input);
  }

  private Batch sorted(Batch batch) {
    int[] order =
        RowOrder.of(Evaluation.columns(run.session(), batch, keys), descending, batch.rows());
    return batch.gather(order, order.length);
  }

  private Batch first(Batch batch, long limit) {
    int[] order =
        RowOrder.of(Evaluation.columns(run.session(), batch, keys), descending, batch.rows());
    return batch.gather(order, (int) Math.min(order.length, limit));
  }

  private Parts first(Parts input, long limit) {
    List<Delayed<Batch>> firsts = input.finish("first rows", batch -> first(batch, limit));
    Schema schema = input.schema();
    Delayed<Batch> all =
        run.session()
            .delayed(
                (List<Batch> each) -> first(Batch.concat(schema, each), limit),
                run.session().all(firsts))
            .named("join first rows");
    return Parts.made(run.session(), schema, List.of(all));
  }

  /**
   * A sorted partition.
   *
   * @param sample the keys of some rows, and where they are: the partition and the row
   */
  private record Sorted(Store.Held rows, Batch sample) {}

  private Parts all(Parts input) {
    Schema schema = input.schema();
    int count = input.parts().size();
    List<Delayed<Sorted>> runs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      runs.add(
          input
              .parts()
              .get(i)
              .finish(
                  run.session(),
                  "sort",
                  batch -> {
                    Batch rows = sorted(batch);
                    return new Sorted(run.store().put(rows), sample(rows, number));
                  }));
    }
    // What is kept is known before the partitions of the result are asked for, one by one.
    List<Sorted> kept = run.compute(runs);
    Batch begins = begins(kept, count);
    List<Delayed<int[]>> cutting = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      cutting.add(run.session().delayed(() -> cuts(kept.get(number), number, begins)).named("cut"));
    }
    List<int[]> cuts = run.compute(cutting);
    List<Parts.Part> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      results.add(Parts.read("merge", () -> merged(schema, kept, cuts, number)));
    }
    return new Parts(run.session(), schema, results);
  }

  /** The keys of rows, with their places behind them. */
  private Batch keyed(Batch rows, int[] numbers, int partition) {
    List<ColumnData> columns =
        new ArrayList<>(
            Evaluation.columns(run.session(), rows.gather(numbers, numbers.length), keys));
    long[] partitions = new long[numbers.length];
    Arrays.fill(partitions, partition);
    long[] places = Arrays.stream(numbers).asLongStream().toArray();
    columns.add(ColumnData.of(PLACE, partitions, null));
    columns.add(ColumnData.of(PLACE, places, null));
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      fields.add(new Field("key " + i, columns.get(i).type()));
    }
    return new Batch(Schema.of(fields), columns, numbers.length);
  }

  private Batch sample(Batch rows, int partition) {
    int count = Math.min(SAMPLE, rows.rows());
    int[] numbers = new int[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (int) ((long) rows.rows() * i / count);
    }
    return keyed(rows, numbers, partition);
  }

  private int[] ordered(Batch keyed) {
    List<Boolean> directions = new ArrayList<>(descending);
    directions.add(false);
    directions.add(false);
    return RowOrder.of(keyed.columns(), directions, keyed.rows());
  }

  /** The first keys of the partitions of the result but the first. */
  private Batch begins(List<Sorted> runs, int count) {
    Batch all =
        Batch.concat(runs.getFirst().sample.schema(), runs.stream().map(Sorted::sample).toList());
    int[] order = ordered(all);
    int[] chosen = new int[Math.min(count - 1, order.length)];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = order[(int) ((long) order.length * (i + 1) / (chosen.length + 1))];
    }
    return all.gather(chosen, chosen.length);
  }

  /** Where a kept partition is cut: the number of its rows before each of the keys. */
  private int[] cuts(Sorted sorted, int partition, Batch begins) {
    Batch rows = sorted.rows.get();
    int[] numbers = new int[rows.rows()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    Batch own = keyed(rows, numbers, partition);
    // A key that stands here is in both; it comes first of the two, and so begins its piece.
    int[] order = ordered(Batch.concat(begins.schema(), List.of(begins, own)));
    int[] cuts = new int[begins.rows()];
    int before = 0;
    for (int row : order) {
      if (row < begins.rows()) {
        cuts[row] = before;
      } else {
        before++;
      }
    }
    return cuts;
  }

  private Batch merged(Schema schema, List<Sorted> runs, List<int[]> cuts, int number) {
    List<Batch> pieces = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      Store.Held rows = runs.get(i).rows;
      int[] of = cuts.get(i);
      int from = number == 0 ? 0 : number - 1 < of.length ? of[number - 1] : rows.rows();
      int to = number < of.length ? of[number] : rows.rows();
      if (to > from) {
        pieces.add(rows.slice(from, to));
      }
    }
    return pieces.isEmpty() ? Batch.empty(schema) : sorted(Batch.concat(schema, pieces));
  }
}
