package dev.weft.table.plan;

import dev.weft.core.task.Delayed;
import dev.weft.table.column.Batch;
import dev.weft.table.column.Schema;
import dev.weft.table.join.JoinIndex;
import dev.weft.table.store.Store;
import java.util.ArrayList;
import java.util.List;

/**
 * Joins: the right table is computed first. Where it fits into memory, its rows are looked up for
 * one partition of the left table after the other; otherwise both tables are cut by their keys into
 * pieces that fit, by way of the disk.
 */
final class Joins {
  private Joins() {}

  static Parts of(Run run, Relation.Join join) {
    Parts right = run.lower(join.right());
    List<Store.Held> held = run.compute(right.finish("keep for join", run.store()::put));
    long bytes = held.stream().mapToLong(Store.Held::bytes).sum();
    Parts left = run.lower(join.left());
    if (run.store().spilled() > 0 || bytes > run.store().limit()) {
      return new CutJoin(run, join).of(left, held, bytes);
    }
    Schema rightSchema = right.schema();
    Delayed<JoinIndex> index =
        run.session()
            .delayed(
                () -> {
                  List<Batch> all = held.stream().map(Store.Held::get).toList();
                  JoinIndex made =
                      new JoinIndex(join.spec(), Batch.concat(rightSchema, all), join.schema());
                  held.forEach(Store.Held::release);
                  return made;
                })
            .named("index for join");
    JoinIndex found = run.compute(List.of(index)).getFirst();
    if (!join.spec().how().keepsRight()) {
      return left.then("join", join.schema(), found::probe);
    }
    List<Delayed<Batch>> probed = left.finish("join", found::probe);
    List<Delayed<Batch>> all = new ArrayList<>(probed);
    Schema leftSchema = left.schema();
    all.add(
        run.session()
            .delayed((List<Batch> after) -> found.unmatched(leftSchema), run.session().all(probed))
            .named("rows without partner"));
    return Parts.made(run.session(), join.schema(), all);
  }
}
