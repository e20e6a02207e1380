package dev.weft.core.expr;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Walks over expression graphs that neither recurse nor visit a shared node twice. */
public final class Graphs {
  private Graphs() {}

  /** All nodes reachable from the roots, inputs before the nodes that read them. */
  public static List<Expr> topological(List<Expr> roots) {
    List<Expr> order = new ArrayList<>();
    Map<Expr, Boolean> finished = new IdentityHashMap<>();
    Deque<Expr> stack = new ArrayDeque<>();
    for (int i = roots.size() - 1; i >= 0; i--) {
      stack.push(roots.get(i));
    }
    while (!stack.isEmpty()) {
      Expr node = stack.peek();
      Boolean state = finished.get(node);
      if (state == null) {
        finished.put(node, false);
        List<Expr> inputs = node.inputs();
        for (int i = inputs.size() - 1; i >= 0; i--) {
          if (!finished.containsKey(inputs.get(i))) {
            stack.push(inputs.get(i));
          }
        }
      } else {
        stack.pop();
        if (!state) {
          finished.put(node, true);
          order.add(node);
        }
      }
    }
    return order;
  }

  /** How many times each node is read, by other nodes or as a root. */
  public static Map<Expr, Integer> uses(List<Expr> roots) {
    Map<Expr, Integer> uses = new IdentityHashMap<>();
    roots.forEach(root -> uses.merge(root, 1, Integer::sum));
    for (Expr node : topological(roots)) {
      node.inputs().forEach(input -> uses.merge(input, 1, Integer::sum));
    }
    return uses;
  }

  /**
   * Rebuilds the graph bottom-up: {@code rule} receives each node (as it was) and the node with its
   * inputs replaced, and answers what stands for it.
   */
  public static List<Expr> rewrite(List<Expr> roots, BiFunction<Expr, Expr, Expr> rule) {
    Map<Expr, Expr> replaced = new IdentityHashMap<>();
    for (Expr node : topological(roots)) {
      List<Expr> inputs = node.inputs().stream().map(replaced::get).toList();
      replaced.put(node, rule.apply(node, withInputs(node, inputs)));
    }
    return roots.stream().map(replaced::get).toList();
  }

  /** The node reading other inputs of the same types and shapes. */
  public static Expr withInputs(Expr node, List<Expr> inputs) {
    boolean same = true;
    for (int i = 0; i < inputs.size(); i++) {
      same &= inputs.get(i) == node.inputs().get(i);
    }
    if (same) {
      return node;
    }
    return switch (node) {
      case Expr.Source source -> source;
      case Expr.Fill fill -> fill;
      case Expr.Iota iota -> iota;
      case Expr.Random random -> random;
      case Expr.Elementwise e -> new Expr.Elementwise(e.op(), inputs, e.type());
      case Expr.Cast c -> new Expr.Cast(inputs.getFirst(), c.type());
      case Expr.ViewOf v -> new Expr.ViewOf(inputs.getFirst(), v.view(), v.label(), v.type());
      case Expr.Reshape r -> new Expr.Reshape(inputs.getFirst(), r.type());
      case Expr.Reduce r ->
          new Expr.Reduce(inputs.getFirst(), r.reduction(), r.axes(), r.finish(), r.type());
      case Expr.Scan s -> new Expr.Scan(inputs.getFirst(), s.routine(), s.axis(), s.type());
      case Expr.Concatenate c -> new Expr.Concatenate(inputs, c.axis(), c.type());
      case Expr.Take t -> new Expr.Take(inputs.get(0), inputs.get(1), t.axis(), t.type());
      case Expr.MatMul m -> new Expr.MatMul(inputs.get(0), inputs.get(1), m.inner(), m.type());
      case Expr.Rechunk r -> new Expr.Rechunk(inputs.getFirst(), r.why(), r.type());
      case Expr.Hint h -> new Expr.Hint(inputs.getFirst(), h.device(), h.type());
      case Expr.MapBlocks m ->
          new Expr.MapBlocks(m.routine(), inputs, m.axes(), m.whole(), m.type());
    };
  }
}
