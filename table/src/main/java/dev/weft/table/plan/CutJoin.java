package dev.weft.table.plan;

import dev.weft.core.task.Delayed;
import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import dev.weft.table.expr.Node;
import dev.weft.table.group.KeyHash;
import dev.weft.table.join.JoinIndex;
import dev.weft.table.join.JoinSpec;
import dev.weft.table.order.SortKey;
import dev.weft.table.store.Store;
import java.util.ArrayList;
import java.util.List;

/**
 * A join of which the right table has no room in memory. Rows of both tables go into pieces by a
 * hash of their keys, so that rows with equal keys meet; the rows of all pieces are then sorted
 * into the order that the join has in memory, by the places that they came from.
 */
final class CutJoin {
  private static final String LEFT_PLACE = "\u0001left";
  private static final String RIGHT_PLACE = "\u0001right";
  private static final int MOST = 1 << 10;

  private final Run run;
  private final Relation.Join join;

  CutJoin(Run run, Relation.Join join) {
    this.run = run;
    this.join = join;
  }

  Parts of(Parts left, List<Store.Held> right, long bytes) {
    JoinSpec spec = join.spec();
    int pieces = Math.clamp(4 * bytes / Math.max(1, run.store().limit()) + 1, 2, MOST);
    List<Delayed<List<Store.Held>>> rights = new ArrayList<>();
    for (int i = 0; i < right.size(); i++) {
      int number = i;
      rights.add(
          run.session()
              .delayed(
                  () -> {
                    Batch rows = right.get(number).get();
                    right.get(number).release();
                    return cut(placed(rows, RIGHT_PLACE, number), spec.right(), pieces);
                  })
              .named("cut by key"));
    }
    List<List<Store.Held>> rightPieces = run.compute(rights);
    List<Delayed<List<Store.Held>>> lefts = new ArrayList<>();
    for (int i = 0; i < left.parts().size(); i++) {
      int number = i;
      lefts.add(
          left.parts()
              .get(i)
              .finish(
                  run.session(),
                  "cut by key",
                  rows -> cut(placed(rows, LEFT_PLACE, number), spec.left(), pieces)));
    }
    List<List<Store.Held>> leftPieces = run.compute(lefts);
    return sorted(joined(left.schema(), leftPieces, rightPieces, pieces));
  }

  /** The rows with their places: the partition and the row. */
  private static Batch placed(Batch rows, String name, int partition) {
    long[] places = new long[rows.rows()];
    for (int i = 0; i < places.length; i++) {
      places[i] = (long) partition << Integer.SIZE | i;
    }
    ColumnData column = ColumnData.of(ColumnType.INT64, places, null);
    return rows.beside(
        new Batch(Schema.of(new Field(name, ColumnType.INT64)), List.of(column), rows.rows()));
  }

  private List<Store.Held> cut(Batch rows, List<String> keys, int pieces) {
    int[] of = KeyHash.pieces(keys.stream().map(rows::column).toList(), rows.rows(), pieces);
    int[] counts = new int[pieces];
    for (int piece : of) {
      counts[piece]++;
    }
    int[][] numbers = new int[pieces][];
    for (int i = 0; i < pieces; i++) {
      numbers[i] = new int[counts[i]];
    }
    int[] next = new int[pieces];
    for (int row = 0; row < of.length; row++) {
      numbers[of[row]][next[of[row]]++] = row;
    }
    List<Store.Held> held = new ArrayList<>();
    for (int[] piece : numbers) {
      // What is written carries no text of other pieces.
      held.add(run.store().put(rows.gather(piece, piece.length).compact()));
    }
    return held;
  }

  private Parts joined(
      Schema leftRows, List<List<Store.Held>> lefts, List<List<Store.Held>> rights, int pieces) {
    Schema leftSchema = withPlace(leftRows, LEFT_PLACE);
    Schema rightSchema = withPlace(join.right().schema(), RIGHT_PLACE);
    Schema result = join.spec().schema(leftSchema, rightSchema);
    List<Parts.Part> parts = new ArrayList<>();
    for (int i = 0; i < pieces; i++) {
      int piece = i;
      parts.add(
          Parts.read(
              "join piece",
              () -> {
                Batch right = taken(rightSchema, rights, piece);
                JoinIndex index = new JoinIndex(join.spec(), right, result);
                Batch pairs = index.probe(taken(leftSchema, lefts, piece));
                return join.spec().how().keepsRight()
                    ? Batch.concat(result, List.of(pairs, index.unmatched(leftSchema)))
                    : pairs;
              }));
    }
    return new Parts(run.session(), result, parts);
  }

  private static Schema withPlace(Schema schema, String name) {
    List<Field> fields = new ArrayList<>(schema.fields());
    fields.add(new Field(name, ColumnType.INT64));
    return Schema.of(fields);
  }

  private static Batch taken(Schema schema, List<List<Store.Held>> held, int piece) {
    List<Batch> batches = new ArrayList<>();
    for (List<Store.Held> each : held) {
      batches.add(each.get(piece).get());
      each.get(piece).release();
    }
    return batches.isEmpty() ? Batch.empty(schema) : Batch.concat(schema, batches);
  }

  private Parts sorted(Parts pieces) {
    List<SortKey> keys = new ArrayList<>();
    keys.add(new SortKey(new Node.Ref(LEFT_PLACE), false));
    if (!join.spec().how().isChoice()) {
      keys.add(new SortKey(new Node.Ref(RIGHT_PLACE), false));
    }
    List<String> names = join.schema().names();
    return Sorting.of(run, pieces, keys)
        .then("select", join.schema(), batch -> batch.select(names));
  }
}
