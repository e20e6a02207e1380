package dev.weft.core;

import dev.weft.core.expr.Expr;
import dev.weft.core.expr.Exprs;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Elements at ascending positions of an expression. What is computed element by element is computed
 * of the chosen elements only, so that it is never whole in memory: {@code (x + 1)[mask]} becomes
 * {@code x[mask] + 1}, and a file is gathered from in place.
 */
final class ChosenElements {
  private final Session session;
  private final Expr positions;
  private final boolean flat;
  private final Shape shape;

  /**
   * @param positions int64, along the first axis, or along the only one after {@code flat}
   * @param flat whether elements are numbered in C order
   */
  private ChosenElements(Session session, Expr positions, boolean flat, Shape before) {
    this.session = session;
    this.positions = positions;
    this.flat = flat;
    this.shape = flat ? positions.shape() : before.with(0, positions.shape().extent(0));
  }

  static NDArray of(NDArray x, NDArray positions, boolean flat) {
    ChosenElements chosen =
        new ChosenElements(x.session(), positions.expr(), flat, x.expr().shape());
    Map<Expr, Expr> made = new IdentityHashMap<>();
    for (Expr node : inputsFirst(x.expr())) {
      made.put(node, chosen.of(node, made));
    }
    // As if the elements had been chosen from the computed array.
    Chunks before = flat ? x.autoChunks(Shape.of(x.size())) : x.chunks();
    Chunks grid = before.with(0, positions.chunks().axis(0));
    return x.with(Exprs.rechunk(Objects.requireNonNull(made.get(x.expr())), grid));
  }

  private static boolean isByElement(Expr node) {
    return node instanceof Expr.Elementwise
        || node instanceof Expr.Cast
        || node instanceof Expr.Hint;
  }

  /** The nodes that are computed by element, and what they read; does not recurse. */
  private static List<Expr> inputsFirst(Expr root) {
    List<Expr> order = new ArrayList<>();
    Map<Expr, Boolean> finished = new IdentityHashMap<>();
    Deque<Expr> stack = new ArrayDeque<>(List.of(root));
    while (!stack.isEmpty()) {
      Expr node = stack.peek();
      Boolean state = finished.get(node);
      if (state == null && isByElement(node)) {
        finished.put(node, false);
        node.inputs().stream().filter(input -> !finished.containsKey(input)).forEach(stack::push);
        continue;
      }
      stack.pop();
      if (state == null || !state) {
        finished.put(node, true);
        order.add(node);
      }
    }
    return order;
  }

  private Expr of(Expr node, Map<Expr, Expr> made) {
    List<Expr> inputs =
        isByElement(node) ? node.inputs().stream().map(made::get).toList() : List.of();
    return switch (node) {
      case Expr.Elementwise e -> Exprs.elementwise(e.op(), inputs, e.dtype());
      case Expr.Cast c -> Exprs.cast(inputs.getFirst(), c.dtype());
      case Expr.Hint h -> Exprs.hint(inputs.getFirst(), h.device());
      case Expr.Fill f -> Exprs.broadcast(Exprs.scalar(f.value()), shape);
      case Expr.ViewOf v when v.input().shape().rank() == 0 -> Exprs.broadcast(v.input(), shape);
      case Expr.Iota i when i.shape().rank() == 1 -> positions;
      case Expr.Source s -> taken(s);
      case Expr.ViewOf v -> taken(v);
      case Expr.Iota i -> taken(i);
      case Expr.Random r -> taken(r);
      case Expr.Reshape r -> taken(r);
      case Expr.Reduce r -> taken(r);
      case Expr.Scan s -> taken(s);
      case Expr.Concatenate c -> taken(c);
      case Expr.Take t -> taken(t);
      case Expr.MatMul m -> taken(m);
      case Expr.Rechunk r -> taken(r);
      case Expr.MapBlocks m -> taken(m);
    };
  }

  private Expr taken(Expr node) {
    Shape all = Shape.of(node.shape().size());
    Expr base = flat ? Exprs.reshape(node, all, session.chunkSize().auto(all, node.dtype())) : node;
    return Exprs.take(base, positions, 0);
  }
}
