package dev.weft.core.fuse;

import dev.weft.core.error.InternalException;
import dev.weft.core.expr.Expr;
import dev.weft.core.expr.Graphs;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which values are kept in memory, each with the reason. Starts with those that must be (results,
 * operands of library kernels, values seen through a view that could not be pushed); the fuser adds
 * more.
 */
final class Cuts {
  private final Map<Expr, String> reasons = new IdentityHashMap<>();
  private final Set<Expr> barriers = Collections.newSetFromMap(new IdentityHashMap<>());

  Cuts(List<Expr> roots) {
    for (Expr root : roots) {
      add(root, "it is a result");
    }
    for (Expr node : Graphs.topological(roots)) {
      switch (node) {
        case Expr.Scan s -> operand(s.input(), "cumulative kernels read their operand from memory");
        case Expr.Take t -> {
          operand(t.input(), "gathering reads its operand from memory");
          operand(t.indices(), "gathering reads its indices from memory");
        }
        case Expr.MatMul m -> {
          operand(m.left(), "matrix products read their operands from memory");
          operand(m.right(), "matrix products read their operands from memory");
        }
        case Expr.MapBlocks m -> {
          String reader = m.routine().isPure() ? m.routine().name() : "the user's code";
          m.inputs().forEach(i -> operand(i, reader + " reads its input from memory"));
        }
        case Expr.Reshape r -> add(r.input(), "a reshape needs its elements in one piece");
        case Expr.Concatenate c -> {}
        case Expr.ViewOf v -> viewed(v);
        case Expr.Source s -> {}
        case Expr.Fill f -> {}
        case Expr.Iota i -> {}
        case Expr.Random r -> {}
        case Expr.Elementwise e -> {}
        case Expr.Cast c -> {}
        case Expr.Reduce r -> {}
        case Expr.Rechunk r -> {}
        case Expr.Hint h -> throw new InternalException("hints are taken out before fusion");
      }
    }
  }

  private void operand(Expr input, String reason) {
    Expr base = base(input);
    if (!(base instanceof Expr.Source)) {
      add(base, reason);
    }
  }

  private void viewed(Expr.ViewOf view) {
    Expr base = base(view);
    if (isInline(base)) {
      boolean enlarges = view.shape().size() > base.shape().size();
      add(
          base,
          enlarges
              ? "computing it once for every broadcast element would repeat work"
              : "several operations see it through different views");
    }
  }

  /** Whether the node would be computed inside the kernels that read it. */
  static boolean isInline(Expr node) {
    return node instanceof Expr.Elementwise
        || node instanceof Expr.Cast
        || node instanceof Expr.Rechunk;
  }

  /** The node below all views. */
  static Expr base(Expr node) {
    Expr base = node;
    while (base instanceof Expr.ViewOf view) {
      base = view.input();
    }
    return base;
  }

  final void add(Expr node, String reason) {
    reasons.putIfAbsent(node, reason);
  }

  /** Keeps the node, and every kernel but the one that makes it reads it from memory. */
  void addBarrier(Expr node, String reason) {
    add(node, reason);
    barriers.add(node);
  }

  boolean isBarrier(Expr node) {
    return barriers.contains(node);
  }

  boolean contains(Expr node) {
    return reasons.containsKey(node);
  }

  @Nullable String reason(Expr node) {
    return reasons.get(node);
  }
}
