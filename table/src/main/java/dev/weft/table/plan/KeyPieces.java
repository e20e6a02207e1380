package dev.weft.table.plan;

import dev.weft.core.task.Delayed;
import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import dev.weft.table.group.KeyHash;
import dev.weft.table.store.Store;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows in pieces by a hash of their keys, by way of the disk: rows with equal keys are in one
 * piece, and carry the place that they came from.
 *
 * @param schema of the rows, with the place behind
 * @param held the pieces of each partition
 */
record KeyPieces(Schema schema, List<List<Store.Held>> held) {
  private static final int MOST = 1 << 10;

  /** So many pieces would each take a quarter of what may wait in memory. */
  static int count(long bytes, Store store) {
    return Math.clamp(4 * bytes / Math.max(1, store.limit()) + 1, 2, MOST);
  }

  /**
   * Cuts partitions.
   *
   * @param place name of the column of places
   */
  static KeyPieces of(Run run, Parts rows, List<String> keys, String place, int pieces) {
    List<Delayed<List<Store.Held>>> tasks = new ArrayList<>();
    for (int i = 0; i < rows.parts().size(); i++) {
      int number = i;
      tasks.add(
          rows.parts()
              .get(i)
              .finish(
                  run.session(),
                  "cut by key",
                  batch -> cut(run.store(), placed(batch, place, number), keys, pieces)));
    }
    return new KeyPieces(withPlace(rows.schema(), place), run.compute(tasks));
  }

  /** Partitions that were kept, which are given back one by one. */
  static Parts kept(Run run, Schema schema, List<Store.Held> held) {
    List<Parts.Part> parts = new ArrayList<>();
    for (Store.Held each : held) {
      parts.add(
          Parts.read(
              "",
              () -> {
                Batch rows = each.get();
                each.release();
                return rows;
              }));
    }
    return new Parts(run.session(), schema, parts);
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

  private static Schema withPlace(Schema schema, String name) {
    List<Field> fields = new ArrayList<>(schema.fields());
    fields.add(new Field(name, ColumnType.INT64));
    return Schema.of(fields);
  }

  private static List<Store.Held> cut(Store store, Batch rows, List<String> keys, int pieces) {
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
      held.add(store.put(rows.gather(piece, piece.length).compact()));
    }
    return held;
  }

  /** Number of pieces. */
  int count() {
    return held.isEmpty() ? 0 : held.getFirst().size();
  }

  /** All rows of a piece, in order, which is given back. */
  Batch take(int piece) {
    List<Batch> batches = new ArrayList<>();
    visit(piece, Long.MAX_VALUE, batches::add);
    return batches.getFirst();
  }

  /** What takes the rows of a piece, in order. */
  @FunctionalInterface
  interface Visitor {
    void rows(Batch batch);
  }

  /** Visits the rows of a piece, in batches of about so many bytes, and gives them back. */
  void visit(int piece, long bytes, Visitor visitor) {
    List<Batch> batches = new ArrayList<>();
    long gathered = 0;
    for (List<Store.Held> each : held) {
      Store.Held of = each.get(piece);
      batches.add(of.get());
      gathered += of.bytes();
      of.release();
      if (gathered >= bytes) {
        visitor.rows(Batch.concat(schema, batches));
        batches.clear();
        gathered = 0;
      }
    }
    if (!batches.isEmpty() || held.isEmpty()) {
      visitor.rows(batches.isEmpty() ? Batch.empty(schema) : Batch.concat(schema, batches));
    }
  }
}
