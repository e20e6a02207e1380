package dev.weft.table.plan;

import dev.weft.core.Session;
import dev.weft.core.task.Delayed;
import dev.weft.core.task.JoinTree;
import dev.weft.table.group.Comoments;
import java.util.List;

/** Sums of each two columns of a relation, of each partition, joined by a tree. */
public final class PairSums {
  private PairSums() {}

  /**
   * Computes them.
   *
   * @param relation whose columns are all numbers
   */
  public static Comoments of(Session session, Relation relation) {
    try (Run run = new Run(session)) {
      List<Delayed<Comoments>> parts =
          run.lower(Pruning.of(relation)).finish("pairs", Comoments::of);
      Delayed<Comoments> all =
          JoinTree.of("pairs", parts, each -> each.stream().reduce(Comoments::merge).orElseThrow());
      return run.compute(List.of(all)).getFirst();
    }
  }
}
