package dev.weft.core.fuse;

import dev.weft.core.expr.DeviceHints;
import dev.weft.core.expr.Expr;
import dev.weft.core.expr.Exprs;
import dev.weft.core.expr.Graphs;
import dev.weft.core.shape.AxisChunks;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.RechunkStep;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes arrays that do not fit into memory to other chunks in two steps, where chunks of the one
 * grid lie across many of the other, and cuts matrix products into tiles that fit. What is between
 * is kept, on disk as far as memory lacks; all of it is made before it is read.
 *
 * <pre>{@code
 * rechunk x [64 x 8192] to [8192 x 64]  ->  rechunk (kept rechunk x to [512 x 512]) to [8192 x 64]
 * }</pre>
 */
final class RechunkSteps {
  /** What fits into this part of memory as a whole is read once anyway. */
  private static final int WHOLE = 2;

  /** As is what needs less than this at a time. */
  private static final int AT_ONCE = 4;

  /** What a step needs at a time: two such parts are there where it goes on to the next. */
  private static final int STEP = 8;

  /** Smaller tiles of a product would move far more than they compute. */
  private static final int SMALLEST_TILE = 8;

  private final long memory;
  private final Map<Expr, RechunkStep> kept = new IdentityHashMap<>();

  /** What is between, by operand: several may read the same in the same chunks. */
  private final Map<Expr, Map<RechunkStep, Expr>> between = new IdentityHashMap<>();

  private final DeviceHints hints;

  private RechunkSteps(DeviceHints hints, long memory) {
    this.memory = memory;
    boolean some = false;
    for (Expr node : Graphs.topological(hints.roots())) {
      some |= node instanceof Expr.MatMul;
      some |= isLarge((double) node.shape().size() * node.dtype().itemSize());
    }
    this.hints = some ? hints.rewrite(this::inSteps) : hints;
  }

  /**
   * The expressions in steps.
   *
   * @param memory bytes that there are for chunks
   */
  static RechunkSteps of(DeviceHints hints, long memory) {
    return new RechunkSteps(hints, memory);
  }

  /** The expressions, with the devices that were asked for. */
  DeviceHints hints() {
    return hints;
  }

  /** Keeps what is between the steps. */
  void keep(Cuts cuts) {
    kept.forEach(
        (node, step) ->
            cuts.addBarrier(
                node, "its operand is larger than memory and goes to other chunks in two steps"));
  }

  /** The order of axes in which a value is made before what reads it, empty where it has none. */
  List<Integer> order(Expr node) {
    RechunkStep step = kept.get(node);
    return step == null ? List.of() : step.order();
  }

  private boolean isLarge(double bytes) {
    return bytes > (double) memory / WHOLE;
  }

  private Expr inSteps(Expr was, Expr node) {
    return switch (node) {
      case Expr.Rechunk r -> Graphs.withInputs(r, List.of(readable(r.input(), r.chunks())));
      case Expr.Elementwise e ->
          Graphs.withInputs(
              e,
              e.inputs().stream()
                  .map(
                      input ->
                          input.shape().equals(e.shape()) ? readable(input, e.chunks()) : input)
                  .toList());
      case Expr.MatMul m -> inTiles(m);
      // Their grid is that of what they read, and part of the order of additions.
      case Expr.Reduce r -> inOldChunks(was, r);
      case Expr.Concatenate c -> inOldChunks(was, c);
      default -> node;
    };
  }

  /**
   * A product whose tiles fit into memory, with what they read of its factors. Pieces of the inner
   * axis stay, and with them the order of additions.
   */
  private Expr inTiles(Expr.MatMul product) {
    int rank = product.shape().rank();
    AxisChunks rows = product.chunks().axis(rank - 2);
    AxisChunks columns = product.chunks().axis(rank - 1);
    long longest = Math.max(rows.longest(), columns.longest());
    if (tileBytes(product, longest) <= (double) memory / AT_ONCE) {
      return product;
    }
    long tile = Long.highestOneBit(longest);
    while (tile > SMALLEST_TILE && tileBytes(product, tile) > (double) memory / STEP) {
      tile /= 2;
    }
    AxisChunks ownRows = AxisChunks.regular(rows.extent(), tile);
    AxisChunks ownColumns = AxisChunks.regular(columns.extent(), tile);
    Expr left = product.left();
    Expr right = product.right();
    Chunks leftChunks = left.chunks().with(rank - 2, ownRows).with(rank - 1, product.inner());
    Chunks rightChunks = right.chunks().with(rank - 2, product.inner()).with(rank - 1, ownColumns);
    Chunks tiles = product.chunks().with(rank - 2, ownRows).with(rank - 1, ownColumns);
    return new Expr.MatMul(
        readable(left, leftChunks),
        readable(right, rightChunks),
        product.inner(),
        product.type().with(tiles));
  }

  private static Expr inOldChunks(Expr was, Expr node) {
    List<Expr> inputs = new ArrayList<>(node.inputs());
    for (int i = 0; i < inputs.size(); i++) {
      inputs.set(i, Exprs.rechunk(inputs.get(i), was.inputs().get(i).chunks()));
    }
    return Graphs.withInputs(node, inputs);
  }

  /** What a tile of so many rows and columns takes: chunks of its factors, copies, and itself. */
  private static double tileBytes(Expr.MatMul product, long tile) {
    double factors = heldBytes(product.left()) + heldBytes(product.right());
    double itself = (double) tile * product.dtype().itemSize();
    return tile * (2 * factors * product.inner().longest() + 3 * itself);
  }

  /** What can be read in chunks of a grid within memory: the operand, or what is between. */
  private Expr readable(Expr operand, Chunks wanted) {
    double bytes = operand.chunks().equals(wanted) ? 0 : heldBytes(operand);
    if (!isLarge(operand.shape().size() * bytes)
        || RechunkStep.footprint(operand.chunks(), wanted) * bytes <= (double) memory / AT_ONCE) {
      return operand;
    }
    RechunkStep step = RechunkStep.between(operand.chunks(), wanted, memory / (STEP * bytes));
    if (step == null) {
      return operand;
    }
    return between
        .computeIfAbsent(operand, read -> new HashMap<>())
        .computeIfAbsent(step, to -> between(operand, to));
  }

  private Expr between(Expr operand, RechunkStep step) {
    Expr made = new Expr.Rechunk(operand, "a step", operand.type().with(step.grid()));
    kept.put(made, step);
    return made;
  }

  /** Bytes that are in memory for each element of an operand while it is read; 0 where none are. */
  private static double heldBytes(Expr operand) {
    double bytes = 0;
    Deque<Expr> open = new ArrayDeque<>(List.of(operand));
    Set<Expr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    while (!open.isEmpty()) {
      Expr node = open.pop();
      if (!seen.add(node)) {
        continue;
      }
      if (Cuts.isInline(node) || node instanceof Expr.ViewOf) {
        node.inputs().forEach(open::push);
      } else if (isHeld(node)) {
        double part = (double) node.shape().size() / operand.shape().size();
        bytes += Math.min(1, part) * node.dtype().itemSize();
      }
    }
    return bytes;
  }

  private static boolean isHeld(Expr node) {
    return switch (node) {
      case Expr.Source source -> source.source().memory() == null && !source.source().isResident();
      case Expr.Fill f -> false;
      case Expr.Iota i -> false;
      case Expr.Random r -> false;
      // Kept in one piece for the whole job anyway.
      case Expr.Reshape r -> false;
      case Expr.Concatenate c -> true;
      case Expr.Reduce r -> true;
      case Expr.Scan s -> true;
      case Expr.Take t -> true;
      case Expr.MatMul m -> true;
      case Expr.MapBlocks m -> true;
      case Expr.Elementwise e -> false;
      case Expr.Cast c -> false;
      case Expr.Rechunk r -> false;
      case Expr.ViewOf v -> false;
      case Expr.Hint h -> false;
    };
  }
}
