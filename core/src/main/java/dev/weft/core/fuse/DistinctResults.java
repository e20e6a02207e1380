package dev.weft.core.fuse;

import dev.weft.core.expr.Expr;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Gives every result a node of its own, so that each has an array of its own and is written.
 * Results that are one node, as equal expressions are once they are optimised, would share one
 * array, of which only one place could be filled.
 *
 * <pre>{@code
 * [y, y]  ->  [y, rechunk(y) to the chunks that it has]
 * }</pre>
 *
 * The kernel that computes such a value then stores it twice.
 */
final class DistinctResults {
  private DistinctResults() {}

  static List<Expr> of(List<Expr> roots) {
    Set<Expr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Expr> distinct = new ArrayList<>(roots.size());
    for (Expr root : roots) {
      distinct.add(seen.add(bare(root)) ? root : new Expr.Rechunk(root, root.type()));
    }
    return distinct;
  }

  /** Hints are no nodes of their own once they are taken out. */
  private static Expr bare(Expr root) {
    Expr bare = root;
    while (bare instanceof Expr.Hint hint) {
      bare = hint.input();
    }
    return bare;
  }
}
