package dev.weft.table.plan;

import dev.weft.table.column.Batch;
import dev.weft.table.column.Schema;
import dev.weft.table.expr.Node;
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

  private final Run run;
  private final Relation.Join join;

  CutJoin(Run run, Relation.Join join) {
    this.run = run;
    this.join = join;
  }

  Parts of(Parts left, List<Store.Held> right, long bytes) {
    JoinSpec spec = join.spec();
    int count = KeyPieces.count(bytes, run.store());
    Parts kept = KeyPieces.kept(run, join.right().schema(), right);
    KeyPieces rights = KeyPieces.of(run, kept, spec.right(), RIGHT_PLACE, count);
    return sorted(joined(KeyPieces.of(run, left, spec.left(), LEFT_PLACE, count), rights));
  }

  private Parts joined(KeyPieces lefts, KeyPieces rights) {
    Schema result = join.spec().schema(lefts.schema(), rights.schema());
    List<Parts.Part> parts = new ArrayList<>();
    for (int i = 0; i < rights.count(); i++) {
      int piece = i;
      parts.add(
          Parts.read(
              "join piece",
              () -> {
                JoinIndex index = new JoinIndex(join.spec(), rights.take(piece), result);
                Batch pairs = index.probe(lefts.take(piece));
                return join.spec().how().keepsRight()
                    ? Batch.concat(result, List.of(pairs, index.unmatched(lefts.schema())))
                    : pairs;
              }));
    }
    return new Parts(run.session(), result, parts);
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
