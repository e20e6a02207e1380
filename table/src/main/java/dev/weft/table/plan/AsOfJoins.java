package dev.weft.table.plan;

import dev.weft.core.task.Delayed;
import dev.weft.table.column.Batch;
import dev.weft.table.column.Schema;
import dev.weft.table.group.GroupIds;
import dev.weft.table.join.AsOfIndex;
import dev.weft.table.join.AsOfSpec;
import dev.weft.table.store.Store;
import java.util.ArrayList;
import java.util.List;

/**
 * As-of joins: both tables are kept, and found to be in order. Each partition of the left table
 * needs the partitions of the right one whose values are between its own, the last row of each key
 * before them, and the first one behind them.
 */
final class AsOfJoins {
  private final Run run;
  private final Relation.AsOfJoin join;
  private final AsOfSpec spec;
  private final Schema rightSchema;

  private AsOfJoins(Run run, Relation.AsOfJoin join) {
    this.run = run;
    this.join = join;
    this.spec = join.spec();
    this.rightSchema = join.right().schema();
  }

  static Parts of(Run run, Relation.AsOfJoin join) {
    return new AsOfJoins(run, join).joined();
  }

  /**
   * A partition of the right table that has rows.
   *
   * @param firsts the first row of each key
   * @param lasts the last row of each key
   */
  private record Right(Ascending all, Batch firsts, Batch lasts) {}

  private Parts joined() {
    List<Right> rights =
        run.compute(run.lower(join.right()).finish("keep for as-of join", this::right));
    Ascending.require(rights.stream().map(Right::all).toList(), spec.right(), "the right table");
    rights = rights.stream().filter(right -> !right.all.isEmpty()).toList();
    List<Ascending> lefts =
        run.compute(
            run.lower(join.left())
                .finish(
                    "keep for as-of join",
                    batch -> Ascending.keep(run.store(), batch, spec.left())));
    Ascending.require(lefts, spec.left(), "the left table");
    List<Store.Held> before = before(rights);
    List<Store.Held> behind = behind(rights);
    List<Parts.Part> parts = new ArrayList<>();
    for (Ascending left : lefts) {
      int from = left.isEmpty() ? 0 : below(rights, left.first());
      int to = left.isEmpty() ? 0 : notAbove(rights, left.last());
      List<Store.Held> needed = new ArrayList<>();
      needed.add(before.get(from));
      rights.subList(from, to).forEach(right -> needed.add(right.all.rows()));
      needed.add(behind.get(to));
      parts.add(Parts.read("as-of join", () -> joined(left.rows().get(), needed)));
    }
    return new Parts(run.session(), join.schema(), parts);
  }

  private Batch joined(Batch left, List<Store.Held> needed) {
    Batch right = Batch.concat(rightSchema, needed.stream().map(Store.Held::get).toList());
    return new AsOfIndex(spec, right).join(left, join.schema());
  }

  private Right right(Batch batch) {
    return new Right(
        Ascending.keep(run.store(), batch, spec.right()),
        firsts(batch).compact(),
        lasts(batch).compact());
  }

  /** How many partitions are wholly below a value. */
  private static int below(List<Right> rights, long value) {
    int count = 0;
    while (count < rights.size() && Long.compareUnsigned(rights.get(count).all.last(), value) < 0) {
      count++;
    }
    return count;
  }

  /** How many partitions begin with a value that is not above another. */
  private static int notAbove(List<Right> rights, long value) {
    int count = 0;
    while (count < rights.size()
        && Long.compareUnsigned(rights.get(count).all.first(), value) <= 0) {
      count++;
    }
    return count;
  }

  private GroupIds groups(Batch batch) {
    return GroupIds.of(spec.rightBy().stream().map(batch::column).toList(), batch.rows());
  }

  private Batch firsts(Batch batch) {
    GroupIds groups = groups(batch);
    return batch.gather(groups.first(), groups.count());
  }

  private Batch lasts(Batch batch) {
    GroupIds groups = groups(batch);
    boolean[] known = new boolean[groups.count()];
    int[] rows = new int[groups.count()];
    int at = rows.length;
    for (int row = batch.rows() - 1; row >= 0; row--) {
      int id = groups.ids()[row];
      if (!known[id]) {
        known[id] = true;
        rows[--at] = row;
      }
    }
    return batch.gather(rows, rows.length);
  }

  private Batch two(Store.Held first, Batch second) {
    return Batch.concat(rightSchema, List.of(first.get(), second));
  }

  private Delayed<Store.Held> none() {
    return run.session()
        .delayed(() -> run.store().put(Batch.empty(rightSchema)))
        .named("begin as-of join");
  }

  /** For each partition of the right table, and for the end: the last rows of keys before it. */
  private List<Store.Held> before(List<Right> rights) {
    List<Delayed<Store.Held>> all = new ArrayList<>();
    all.add(none());
    for (Right right : rights) {
      boolean used = spec.direction() != AsOfSpec.Direction.FORWARD;
      all.add(
          run.session()
              .delayed(
                  (Store.Held held) -> used ? run.store().put(lasts(two(held, right.lasts))) : held,
                  all.getLast())
              .named("last rows of keys"));
    }
    return run.compute(all);
  }

  /** The same: the first rows of keys from it on. */
  private List<Store.Held> behind(List<Right> rights) {
    List<Delayed<Store.Held>> all = new ArrayList<>();
    all.add(none());
    for (Right right : rights.reversed()) {
      boolean used = spec.direction() != AsOfSpec.Direction.BACKWARD;
      all.addFirst(
          run.session()
              .delayed(
                  (Store.Held held) -> used ? run.store().put(firsts(first(right, held))) : held,
                  all.getFirst())
              .named("first rows of keys"));
    }
    return run.compute(all);
  }

  private Batch first(Right right, Store.Held behind) {
    return Batch.concat(rightSchema, List.of(right.firsts, behind.get()));
  }
}
