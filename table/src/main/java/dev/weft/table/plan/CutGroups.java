package dev.weft.table.plan;

import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import dev.weft.table.expr.Node;
import dev.weft.table.order.SortKey;
import dev.weft.table.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Groups of which what is collected has no room in memory. Rows go into pieces by a hash of their
 * keys; each piece is grouped by itself; the groups of all pieces are then sorted into the order of
 * their first rows.
 */
final class CutGroups {
  /** Name of the column with the place of a row or of the first row of a group. */
  static final String PLACE = "\u0001place";

  /** Of what may wait in memory, the part that is read of a piece at a time. */
  private static final int PART = 8;

  private CutGroups() {}

  /** Takes the rows of a piece in, one batch after the other. */
  interface Collector {
    void add(Batch rows);

    /** The groups, with the places of their first rows. */
    Batch finish();
  }

  /**
   * The groups of rows.
   *
   * @param keys names of columns
   * @param schema of the result
   * @param collector makes what collects the rows of a piece
   */
  static Parts of(
      Run run, Parts rows, List<String> keys, Schema schema, Supplier<Collector> collector) {
    Store store = run.store();
    List<Store.Held> held = run.compute(rows.finish("keep for groups", store::put));
    long bytes = held.stream().mapToLong(Store.Held::bytes).sum();
    Parts kept = KeyPieces.kept(run, rows.schema(), held);
    KeyPieces pieces = KeyPieces.of(run, kept, keys, PLACE, KeyPieces.count(bytes, store));
    List<Field> fields = new ArrayList<>(schema.fields());
    fields.add(new Field(PLACE, ColumnType.INT64));
    List<Parts.Part> groups = new ArrayList<>();
    for (int i = 0; i < pieces.count(); i++) {
      int piece = i;
      groups.add(
          Parts.read(
              "group piece",
              () -> {
                Collector collected = collector.get();
                pieces.visit(piece, store.limit() / PART, collected::add);
                return collected.finish();
              }));
    }
    List<String> names = schema.names();
    Parts all = new Parts(run.session(), Schema.of(fields), groups);
    return Sorting.of(run, all, List.of(new SortKey(new Node.Ref(PLACE), false)))
        .then("select", schema, batch -> batch.select(names));
  }
}
