package dev.weft.core.optimize;

import dev.weft.core.expr.ChunkRules;
import dev.weft.core.expr.Expr;
import dev.weft.core.expr.Exprs;
import dev.weft.core.expr.Graphs;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Shape;
import dev.weft.core.shape.View;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Moves slices, transpositions and other views towards the sources, so that only what is needed is
 * read and computed.
 *
 * <pre>{@code
 * view(add(x, y))          ->  add(view(x), view(y))
 * view(view(x))            ->  view(x)
 * slice(sum(x, axis))      ->  sum(slice(x), axis)       kept axes only
 * view(rechunk(x))         ->  view(x)
 * }</pre>
 *
 * A view stays where it is when pushing would compute something twice: over an operation that
 * others read too (unless it is one cheap step over sources), and over one that the view enlarges.
 *
 * <p>Works from the results down, so that views on the way are composed before they move on: each
 * node is rebuilt once for each view through which it is seen.
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
    return new Pushing(PushReshapes.apply(roots)).run();
  }

  /**
   * A node as it is wanted.
   *
   * @param view how it is seen, or null for as it is
   * @param origin the view node that asked for it
   */
  private record Request(Expr node, @Nullable View view, Expr.@Nullable ViewOf origin) {
    static Request plain(Expr node) {
      return new Request(node, null, null);
    }

    static Request seen(Expr node, View view, Expr.ViewOf origin) {
      return view.isIdentity() ? plain(node) : new Request(node, view, origin);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Request(Expr theirs, View through, var from)
          && theirs == node
          && Objects.equals(through, view);
    }

    @Override
    public int hashCode() {
      return 31 * System.identityHashCode(node) + Objects.hashCode(view);
    }
  }

  /** One application of the pass. */
  private static final class Pushing {
    private final List<Expr> roots;
    private final Map<Expr, Integer> uses;
    private final Map<Request, Expr> built = new HashMap<>();

    Pushing(List<Expr> roots) {
      this.roots = roots;
      this.uses = Graphs.uses(roots);
    }

    List<Expr> run() {
      Deque<Request> stack = new ArrayDeque<>();
      for (Expr root : roots) {
        stack.push(Request.plain(root));
        while (!stack.isEmpty()) {
          Request request = stack.peek();
          List<Request> needed = needed(request);
          List<Request> missing = needed.stream().filter(n -> !built.containsKey(n)).toList();
          if (built.containsKey(request)) {
            stack.pop();
          } else if (missing.isEmpty()) {
            built.put(request, build(request, needed.stream().map(built::get).toList()));
            stack.pop();
          } else {
            missing.forEach(stack::push);
          }
        }
      }
      return roots.stream().map(root -> built.get(Request.plain(root))).toList();
    }

    private boolean isReadOnce(Expr node) {
      return uses.getOrDefault(node, 0) <= 1;
    }

    private List<Request> needed(Request request) {
      Expr node = request.node();
      View view = request.view();
      Expr.ViewOf origin = request.origin();
      if (view == null || origin == null) {
        return node instanceof Expr.ViewOf v
            ? List.of(Request.seen(v.input(), v.view(), v))
            : node.inputs().stream().map(Request::plain).toList();
      }
      if (node instanceof Expr.Fill) {
        return List.of();
      }
      if (node instanceof Expr.ViewOf inner && (isReadOnce(inner) || isLeaf(inner))) {
        return List.of(Request.seen(inner.input(), view.of(inner.view()), origin));
      }
      if (node instanceof Expr.Reduce reduce && passes(reduce, view)) {
        return List.of(Request.seen(reduce.input(), sliceOf(reduce, view), origin));
      }
      return passes(node, view)
          ? node.inputs().stream().map(input -> Request.seen(input, view, origin)).toList()
          : List.of(Request.plain(node));
    }

    /** Whether the view of the node is made of views of its inputs. */
    private boolean passes(Expr node, View view) {
      boolean enlarges = view.shape().size() > view.base().size();
      return switch (node) {
        case Expr.Rechunk rechunk -> true;
        case Expr.Hint hint -> isReadOnce(hint) || isLeaf(hint.input());
        case Expr.Cast cast -> !enlarges && (isReadOnce(cast) || isLeaf(cast.input()));
        case Expr.Elementwise e -> !enlarges && (isReadOnce(e) || isCheap(e));
        case Expr.Reduce reduce -> isReadOnce(reduce) && !slicePart(view).isIdentity();
        default -> false;
      };
    }

    private Expr build(Request request, List<Expr> inputs) {
      Expr node = request.node();
      View view = request.view();
      Expr.ViewOf origin = request.origin();
      if (view == null || origin == null) {
        return node instanceof Expr.ViewOf ? inputs.getFirst() : Graphs.withInputs(node, inputs);
      }
      if (node instanceof Expr.Fill) {
        return seen(node, view, origin);
      }
      if (node instanceof Expr.ViewOf inner && (isReadOnce(inner) || isLeaf(inner))) {
        return inputs.getFirst();
      }
      if (!passes(node, view)) {
        return seen(inputs.getFirst(), view, origin);
      }
      return switch (node) {
        case Expr.Cast cast -> cast(cast, inputs.getFirst());
        case Expr.Hint hint -> Exprs.hint(inputs.getFirst(), hint.device());
        case Expr.Elementwise e -> Exprs.elementwise(e.op(), inputs, e.dtype());
        case Expr.Reduce r -> {
          Chunks chunks = ChunkRules.reduce(inputs.getFirst().chunks(), r.axes());
          Expr.Type sliced = new Expr.Type(r.dtype(), chunks.shape(), chunks);
          Expr reduced =
              new Expr.Reduce(inputs.getFirst(), r.reduction(), r.axes(), r.finish(), sliced);
          yield seen(reduced, restPart(view), origin);
        }
        default -> inputs.getFirst();
      };
    }
  }

  /** A view of a finished node, composed with views below and moved over what is cheap. */
  private static Expr seen(Expr node, View view, Expr.ViewOf origin) {
    if (view.isIdentity()) {
      return node;
    }
    if (node == origin.input() && view.equals(origin.view())) {
      return origin;
    }
    boolean enlarges = view.shape().size() > view.base().size();
    Chunks chunks = ChunkRules.view(node.chunks(), view);
    Expr.Type type = new Expr.Type(node.dtype(), view.shape(), chunks);
    return switch (node) {
      case Expr.ViewOf inner -> seen(inner.input(), view.of(inner.view()), origin);
      case Expr.Fill fill -> new Expr.Fill(fill.value(), type);
      case Expr.Cast cast when !enlarges && isLeaf(cast.input()) ->
          cast(cast, seen(cast.input(), view, origin));
      case Expr.Elementwise e when !enlarges && isCheap(e) -> {
        Map<Expr, Expr> moved = new IdentityHashMap<>();
        e.inputs().forEach(input -> moved.put(input, seen(input, view, origin)));
        yield Exprs.elementwise(e.op(), e.inputs().stream().map(moved::get).toList(), e.dtype());
      }
      default -> new Expr.ViewOf(node, view, origin.label(), type);
    };
  }

  private static Expr cast(Expr.Cast cast, Expr input) {
    return new Expr.Cast(input, new Expr.Type(cast.dtype(), input.shape(), input.chunks()));
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

  /**
   * The slice of the base that a view shows, each axis in its place: the view is {@link #restPart}
   * of it.
   */
  private static View slicePart(View view) {
    long[] step = new long[view.base().rank()];
    long[] extents = new long[step.length];
    Arrays.fill(step, 1);
    Arrays.fill(extents, 1);
    for (int axis = 0; axis < view.shape().rank(); axis++) {
      if (view.target()[axis] >= 0) {
        step[view.target()[axis]] = view.step()[axis];
        extents[view.target()[axis]] = view.shape().extent(axis);
      }
    }
    return View.slice(view.base(), view.offset(), step, extents);
  }

  /** What a view does beside slicing: dropping, inserting, permuting and stretching axes. */
  private static View restPart(View view) {
    long[] step = new long[view.shape().rank()];
    Arrays.setAll(step, axis -> view.target()[axis] < 0 ? 0 : 1);
    Shape base = slicePart(view).shape();
    return new View(view.shape(), base, new long[base.rank()], view.target(), step);
  }

  /** The slice of a reduction's input that gives the part of its result that a view shows. */
  private static View sliceOf(Expr.Reduce reduce, View whole) {
    View view = slicePart(whole);
    Expr input = reduce.input();
    int rank = input.shape().rank();
    long[] start = new long[rank];
    long[] step = new long[rank];
    long[] extents = input.shape().extents();
    Arrays.fill(step, 1);
    int kept = 0;
    for (int axis = 0; axis < rank; axis++) {
      if (!reduce.axes().contains(axis)) {
        start[axis] = view.offset()[kept];
        step[axis] = view.step()[kept];
        extents[axis] = view.shape().extent(kept);
        kept++;
      }
    }
    return View.slice(input.shape(), start, step, extents);
  }
}
