package dev.weft.core.optimize;

import dev.weft.core.expr.Expr;
import dev.weft.core.expr.Graphs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes equal subexpressions one shared node, so that they are computed once.
 *
 * <pre>{@code
 * add(exp(x), exp(x))  ->  add(e, e) with e = exp(x)
 * }</pre>
 *
 * The user's own functions are never merged: they may have effects.
 */
final class MergeCommon implements Pass {
  @Override
  public String name() {
    return "merge common subexpressions";
  }

  @Override
  public List<Expr> apply(List<Expr> roots) {
    Map<List<Object>, Expr> known = new HashMap<>();
    return Graphs.rewrite(
        roots,
        (was, node) -> {
          List<Object> key = key(node);
          return key.isEmpty() ? node : known.computeIfAbsent(key, k -> node);
        });
  }

  /** What makes two nodes with identical inputs equal; empty: nothing does. */
  private static List<Object> key(Expr node) {
    List<Object> key = new ArrayList<>();
    switch (node) {
      case Expr.Source s -> key.add(new Same(s.source()));
      case Expr.Fill f -> key.add(f.value().bits());
      case Expr.Iota i -> key.add(i.axis());
      case Expr.Random r -> key.addAll(List.of(r.distribution(), r.seed(), r.stream()));
      case Expr.Elementwise e -> key.add(e.op());
      case Expr.Cast c -> key.add("cast");
      case Expr.ViewOf v -> key.add(v.view());
      case Expr.Reshape r -> key.add("reshape");
      case Expr.Reduce r -> key.addAll(List.of(r.reduction(), r.axes(), r.finish()));
      case Expr.Scan s -> key.addAll(List.of(s.routine(), s.axis()));
      case Expr.Concatenate c -> key.addAll(List.of("concatenate", c.axis()));
      case Expr.Take t -> key.addAll(List.of("take", t.axis()));
      case Expr.MatMul m -> key.addAll(List.of("matmul", m.inner()));
      case Expr.Rechunk r -> key.add("rechunk");
      case Expr.Hint h -> key.add(h.device());
      case Expr.MapBlocks m when !m.routine().isPure() -> {
        return List.of();
      }
      case Expr.MapBlocks m -> key.addAll(List.of(m.routine(), m.axes(), m.whole()));
    }
    key.add(node.getClass());
    key.add(node.dtype());
    key.add(node.shape());
    key.add(node.chunks());
    node.inputs().forEach(input -> key.add(new Same(input)));
    return key;
  }

  /** Equality by identity. */
  private record Same(Object object) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Same(Object theirs) && theirs == object;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(object);
    }
  }
}
