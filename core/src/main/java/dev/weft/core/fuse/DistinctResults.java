package dev.weft.core.fuse;

import dev.weft.core.expr.ComplexPair;
import dev.weft.core.expr.Expr;
import dev.weft.core.expr.Exprs;
import dev.weft.core.expr.Graphs;
import dev.weft.core.shape.Chunks;
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
 * The kernel that computes such a value then stores it twice. What is delivered in other chunks
 * than it is computed in, or must lie in one piece for another reader, gets its own node too.
 */
final class DistinctResults {
  private DistinctResults() {}

  static List<Expr> of(List<Expr> roots, List<Destination> destinations) {
    Set<Expr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<Expr> reshaped = reshaped(roots);
    List<Expr> distinct = new ArrayList<>(roots.size());
    for (int i = 0; i < roots.size(); i++) {
      Expr root = roots.get(i);
      Expr bare = bare(root);
      boolean first = seen.add(bare);
      if (destinations.get(i) instanceof Destination.Regions(Chunks grid)) {
        Chunks wanted = grid == null ? root.chunks() : grid;
        first &= !reshaped.contains(bare) && wanted.equals(root.chunks());
        distinct.add(first ? root : again(root, wanted));
      } else {
        distinct.add(first ? root : again(root, root.chunks()));
      }
    }
    return distinct;
  }

  /** The same values as a node of their own. */
  private static Expr again(Expr root, Chunks chunks) {
    return root.dtype().isComplex()
        ? ComplexPair.of(root).map(part -> Exprs.rechunk(part, chunks)).join()
        : new Expr.Rechunk(root, "", root.type().with(chunks));
  }

  /** What is kept in one piece because it is seen under another shape. */
  private static Set<Expr> reshaped(List<Expr> roots) {
    Set<Expr> reshaped = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Expr node : Graphs.topological(roots)) {
      if (node instanceof Expr.Reshape reshape) {
        reshaped.add(bare(reshape.input()));
      }
    }
    return reshaped;
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
