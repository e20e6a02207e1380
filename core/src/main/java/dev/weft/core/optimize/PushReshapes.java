package dev.weft.core.optimize;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.expr.Expr;
import dev.weft.core.expr.Graphs;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.core.shape.Shape;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Moves reshapes to where they cost nothing: numbers, draws, counting, dense memory, other
 * reshapes. All the way or not at all, since a reshape that stops half way needs its elements in
 * memory as before.
 *
 * <pre>{@code
 * reshape(exp(random))     ->  exp(random of that shape)
 * reshape(index)           ->  index 0 * stride + index 1
 * reshape(reshape(x))      ->  reshape(x)
 * reshape(rechunk(x))      ->  reshape(x)
 * }</pre>
 */
final class PushReshapes {
  private final List<Expr> roots;
  private final Map<Expr, Integer> uses;
  private final Set<Expr> free = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<Request, Expr> built = new HashMap<>();

  /**
   * A node as it is wanted.
   *
   * @param origin the reshape through which it is seen, or null for as it is
   */
  private record Request(Expr node, Expr.@Nullable Reshape origin) {
    private @Nullable Shape shape() {
      return origin == null ? null : origin.shape();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Request request
          && request.node == node
          && java.util.Objects.equals(request.shape(), shape());
    }

    @Override
    public int hashCode() {
      return 31 * System.identityHashCode(node) + java.util.Objects.hashCode(shape());
    }
  }

  private PushReshapes(List<Expr> roots) {
    this.roots = roots;
    this.uses = Graphs.uses(roots);
    for (Expr node : Graphs.topological(roots)) {
      if (isFree(node)) {
        free.add(node);
      }
    }
  }

  static List<Expr> apply(List<Expr> roots) {
    return new PushReshapes(roots).run();
  }

  private List<Expr> run() {
    Deque<Request> stack = new ArrayDeque<>();
    for (Expr root : roots) {
      stack.push(new Request(root, null));
      while (!stack.isEmpty()) {
        Request request = stack.peek();
        List<Request> needed = built.containsKey(request) ? List.of() : needed(request);
        List<Request> missing = needed.stream().filter(n -> !built.containsKey(n)).toList();
        if (missing.isEmpty()) {
          stack.pop();
          if (!built.containsKey(request)) {
            built.put(request, build(request, needed.stream().map(built::get).toList()));
          }
        } else {
          missing.forEach(stack::push);
        }
      }
    }
    return roots.stream().map(root -> built.get(new Request(root, null))).toList();
  }

  private boolean isReadOnce(Expr node) {
    return uses.getOrDefault(node, 0) <= 1;
  }

  /** Whether another shape of the node costs nothing. */
  private boolean isFree(Expr node) {
    return switch (node) {
      case Expr.Fill f -> true;
      case Expr.Random r -> true;
      case Expr.Iota i -> i.shape().rank() == 1;
      case Expr.Reshape r -> true;
      case Expr.Source s -> ReshapedSource.fits(s.source());
      case Expr.Rechunk r -> free.contains(r.input());
      case Expr.Cast c -> isReadOnce(c) && free.contains(c.input());
      case Expr.Hint h -> isReadOnce(h) && free.contains(h.input());
      case Expr.Elementwise e -> isReadOnce(e) && e.inputs().stream().allMatch(free::contains);
      default -> false;
    };
  }

  private List<Request> needed(Request request) {
    Expr node = request.node();
    Expr.Reshape origin = request.origin();
    if (origin == null) {
      boolean moves = node instanceof Expr.Reshape r && free.contains(r.input());
      Expr.Reshape through = moves ? (Expr.Reshape) node : null;
      return node.inputs().stream().map(input -> new Request(input, through)).toList();
    }
    if (node instanceof Expr.Reshape r && !(isReadOnce(r) && free.contains(r.input()))) {
      return List.of(new Request(r, null));
    }
    return node.inputs().stream().map(input -> new Request(input, origin)).toList();
  }

  private Expr build(Request request, List<Expr> inputs) {
    Expr node = request.node();
    Expr.Reshape origin = request.origin();
    if (origin == null) {
      return switch (node) {
        case Expr.Reshape r when free.contains(r.input()) -> inputs.getFirst();
        case Expr.Reshape r -> over(inputs.getFirst(), r);
        default -> Graphs.withInputs(node, inputs);
      };
    }
    Expr.Type type = new Expr.Type(node.dtype(), origin.shape(), origin.chunks());
    return switch (node) {
      case Expr.Fill fill -> new Expr.Fill(fill.value(), type);
      case Expr.Random r -> new Expr.Random(r.distribution(), r.seed(), r.stream(), type);
      case Expr.Iota i -> positions(type);
      case Expr.Source s -> new Expr.Source(new ReshapedSource(s.source(), type.shape()), type);
      case Expr.Cast c -> new Expr.Cast(inputs.getFirst(), type);
      case Expr.Hint h -> new Expr.Hint(inputs.getFirst(), h.device(), type);
      case Expr.Elementwise e -> new Expr.Elementwise(e.op(), inputs, type);
      case Expr.Reshape r when !inputs.getFirst().shape().equals(type.shape()) ->
          over(inputs.getFirst(), new Expr.Reshape(r, type));
      default -> inputs.getFirst();
    };
  }

  /** The position of each element in C order, from its indices. */
  private static Expr positions(Expr.Type type) {
    long[] strides = type.shape().strides();
    Expr sum = null;
    for (int axis = 0; axis < strides.length; axis++) {
      if (type.shape().extent(axis) != 1) {
        Expr index = new Expr.Iota(axis, type);
        if (strides[axis] != 1) {
          Expr stride = new Expr.Fill(Scalar.of(DType.INT64, strides[axis]), type);
          index = new Expr.Elementwise(ElementwiseOps.MULTIPLY, List.of(index, stride), type);
        }
        sum =
            sum == null
                ? index
                : new Expr.Elementwise(ElementwiseOps.ADD, List.of(sum, index), type);
      }
    }
    return sum == null ? new Expr.Fill(Scalar.of(DType.INT64, 0L), type) : sum;
  }

  /** The reshape over its rebuilt input. */
  private static Expr over(Expr input, Expr.Reshape reshape) {
    return switch (input) {
      case Expr.Reshape inner -> new Expr.Reshape(inner.input(), reshape.type());
      case Expr.Rechunk inner -> new Expr.Reshape(inner.input(), reshape.type());
      default -> Graphs.withInputs(reshape, List.of(input));
    };
  }
}
