package dev.weft.core.optimize;

import dev.weft.core.expr.ChunkRules;
import dev.weft.core.expr.Expr;
import dev.weft.core.expr.Exprs;
import dev.weft.core.expr.Graphs;
import dev.weft.core.shape.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Moves slices, transpositions and other views towards the sources, so that only what is needed is
 * read and computed.
 *
 * <pre>{@code
 * view(add(x, y))          ->  add(view(x), view(y))
 * view(view(x))            ->  view(x)
 * slice(sum(x, axis))      ->  sum(slice(x), axis)       kept axes only
 * view(rechunk(x))         ->  view(x)
 * reshape(exp(random))     ->  exp(random of that shape)
 * }</pre>
 *
 * A view stays where it is when pushing would compute something twice: over an operation that
 * others read too (unless it is one cheap step over sources), and over one that the view enlarges.
 */
final class PushViews implements Pass {
  /** Price in additions up to which an operation over sources may be computed several times. */
  private static final int CHEAP = 2;

  @Override
  public String name() {
    return "push views";
  }

  @Override
  public List<Expr> apply(List<Expr> roots) {
    List<Expr> current = roots;
    while (true) {
      Map<Expr, Integer> uses = Graphs.uses(current);
      List<Expr> next = Graphs.rewrite(current, (was, node) -> push(was, node, uses));
      if (unchanged(current, next)) {
        return current;
      }
      current = next;
    }
  }

  private static boolean unchanged(List<Expr> before, List<Expr> after) {
    for (int i = 0; i < before.size(); i++) {
      if (before.get(i) != after.get(i)) {
        return false;
      }
    }
    return true;
  }

  private static Expr push(Expr was, Expr node, Map<Expr, Integer> uses) {
    return switch (node) {
      case Expr.ViewOf view -> view(view, uses(was, uses));
      case Expr.Reshape reshape -> reshape(reshape, uses(was, uses));
      default -> node;
    };
  }

  /** How often the input of the node is read, counted before this round of rewriting. */
  private static int uses(Expr was, Map<Expr, Integer> uses) {
    return uses.getOrDefault(was.inputs().getFirst(), 1);
  }

  private static Expr view(Expr.ViewOf node, int uses) {
    View view = node.view();
    boolean enlarges = view.shape().size() > view.base().size();
    return switch (node.input()) {
      case Expr.ViewOf inner -> compose(node, inner);
      case Expr.Fill fill -> new Expr.Fill(fill.value(), node.type());
      case Expr.Rechunk rechunk ->
          new Expr.ViewOf(rechunk.input(), view, node.label(), node.type());
      case Expr.Cast cast when !enlarges && (uses == 1 || isLeaf(cast.input())) ->
          new Expr.Cast(
              new Expr.ViewOf(cast.input(), view, node.label(), typed(node, cast.input())),
              node.type());
      case Expr.Elementwise e when !enlarges && (uses == 1 || isCheap(e)) -> elementwise(node, e);
      case Expr.Reduce reduce when uses == 1 && isSlice(view) -> reduce(node, reduce);
      default -> node;
    };
  }

  private static Expr.Type typed(Expr.ViewOf node, Expr input) {
    return new Expr.Type(input.dtype(), node.shape(), node.chunks());
  }

  private static Expr compose(Expr.ViewOf node, Expr.ViewOf inner) {
    View composed = node.view().of(inner.view());
    return composed.isIdentity()
        ? inner.input()
        : new Expr.ViewOf(inner.input(), composed, node.label(), node.type());
  }

  private static Expr elementwise(Expr.ViewOf node, Expr.Elementwise e) {
    Map<Expr, Expr> moved = new IdentityHashMap<>();
    List<Expr> inputs = new ArrayList<>(e.inputs().size());
    for (Expr input : e.inputs()) {
      inputs.add(
          moved.computeIfAbsent(
              input, i -> new Expr.ViewOf(i, node.view(), node.label(), typed(node, i))));
    }
    return new Expr.Elementwise(e.op(), inputs, node.type());
  }

  private static boolean isCheap(Expr.Elementwise e) {
    return e.op().cost() <= CHEAP && e.inputs().stream().allMatch(PushViews::isLeaf);
  }

  private static boolean isLeaf(Expr node) {
    Expr base = node;
    while (base instanceof Expr.ViewOf view) {
      base = view.input();
    }
    return base instanceof Expr.Source || base instanceof Expr.Fill || base instanceof Expr.Iota;
  }

  private static boolean isSlice(View view) {
    int[] straight = new int[view.base().rank()];
    Arrays.setAll(straight, axis -> axis);
    return Arrays.equals(straight, view.target());
  }

  private static Expr reduce(Expr.ViewOf node, Expr.Reduce reduce) {
    Expr input = reduce.input();
    int rank = input.shape().rank();
    long[] start = new long[rank];
    long[] step = new long[rank];
    long[] extents = input.shape().extents();
    Arrays.fill(step, 1);
    int kept = 0;
    for (int axis = 0; axis < rank; axis++) {
      if (!reduce.axes().contains(axis)) {
        start[axis] = node.view().offset()[kept];
        step[axis] = node.view().step()[kept];
        extents[axis] = node.view().shape().extent(kept);
        kept++;
      }
    }
    View slice = View.slice(input.shape(), start, step, extents);
    Expr sliced = Exprs.view(input, slice, node.label());
    return new Expr.Reduce(
        sliced,
        reduce.reduction(),
        reduce.axes(),
        reduce.finish(),
        node.type().with(ChunkRules.reduce(sliced.chunks(), reduce.axes())));
  }

  /** Whether a reshape of the node can be pushed further or costs nothing. */
  private static boolean reshapes(Expr node) {
    return switch (node) {
      case Expr.Fill f -> true;
      case Expr.Random r -> true;
      case Expr.Reshape r -> true;
      case Expr.Elementwise e -> true;
      case Expr.Cast c -> true;
      case Expr.Source s -> ReshapedSource.fits(s.source());
      default -> false;
    };
  }

  private static Expr reshape(Expr.Reshape node, int uses) {
    return switch (node.input()) {
      case Expr.Fill fill -> new Expr.Fill(fill.value(), node.type());
      case Expr.Random r -> new Expr.Random(r.distribution(), r.seed(), r.stream(), node.type());
      case Expr.Reshape inner -> new Expr.Reshape(inner.input(), node.type());
      case Expr.Rechunk inner -> new Expr.Reshape(inner.input(), node.type());
      case Expr.Source source when ReshapedSource.fits(source.source()) ->
          new Expr.Source(new ReshapedSource(source.source(), node.shape()), node.type());
      case Expr.Cast cast when uses == 1 ->
          new Expr.Cast(
              new Expr.Reshape(
                  cast.input(), new Expr.Type(cast.input().dtype(), node.shape(), node.chunks())),
              node.type());
      case Expr.Elementwise e
          when uses == 1 && e.inputs().stream().allMatch(PushViews::reshapes) -> {
        List<Expr> inputs = new ArrayList<>(e.inputs().size());
        for (Expr input : e.inputs()) {
          inputs.add(
              new Expr.Reshape(input, new Expr.Type(input.dtype(), node.shape(), node.chunks())));
        }
        yield new Expr.Elementwise(e.op(), inputs, node.type());
      }
      default -> node;
    };
  }
}
