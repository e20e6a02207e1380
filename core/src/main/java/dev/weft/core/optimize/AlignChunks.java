package dev.weft.core.optimize;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.ChunkRules;
import dev.weft.core.expr.Expr;
import dev.weft.core.expr.Graphs;
import dev.weft.core.shape.AxisChunks;
import dev.weft.core.shape.ChunkSize;
import dev.weft.core.shape.Chunks;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives operations grids that follow from their operands' final grids, and cuts chunks that a
 * broadcast has made far too large.
 *
 * <pre>{@code
 * add(x [2*4000, 1], y [1, 8000])  in chunks [4000 x 8000]  ->  in chunks [64 x 4096]
 * }</pre>
 */
final class AlignChunks implements Pass {
  /** Chunks up to this many times the target size are left as they are. */
  private static final int TOLERANCE = 8;

  private final ChunkSize size;

  AlignChunks(ChunkSize size) {
    this.size = size;
  }

  @Override
  public String name() {
    return "align chunks";
  }

  @Override
  public List<Expr> apply(List<Expr> roots) {
    return Graphs.rewrite(roots, (was, node) -> align(node));
  }

  private Expr align(Expr node) {
    return switch (node) {
      case Expr.Elementwise e -> {
        Chunks chunks =
            cut(ChunkRules.align(e.shape(), e.inputs().stream().map(Expr::chunks).toList()), e);
        yield same(e, chunks) ? e : new Expr.Elementwise(e.op(), e.inputs(), e.type().with(chunks));
      }
      case Expr.Cast c -> {
        Chunks chunks = cut(c.input().chunks(), c);
        yield same(c, chunks) ? c : new Expr.Cast(c.input(), c.type().with(chunks));
      }
      case Expr.Hint h -> {
        Chunks chunks = h.input().chunks();
        yield same(h, chunks) ? h : new Expr.Hint(h.input(), h.device(), h.type().with(chunks));
      }
      case Expr.ViewOf v -> {
        Chunks chunks = cut(ChunkRules.view(v.input().chunks(), v.view()), v);
        yield same(v, chunks)
            ? v
            : new Expr.ViewOf(v.input(), v.view(), v.label(), v.type().with(chunks));
      }
      case Expr.Reduce r -> {
        Chunks chunks = ChunkRules.reduce(r.input().chunks(), r.axes());
        yield same(r, chunks)
            ? r
            : new Expr.Reduce(
                r.input(), r.reduction(), r.axes(), r.finish(), r.type().with(chunks));
      }
      case Expr.Scan s -> {
        Chunks input = s.input().chunks();
        // What is not cut along the axis is computed in a narrower type.
        boolean narrow = s.dtype() == DType.FLOAT32;
        Chunks chunks = narrow ? input.with(s.axis(), s.chunks().axis(s.axis())) : input;
        yield same(s, chunks)
            ? s
            : new Expr.Scan(s.input(), s.routine(), s.axis(), s.type().with(chunks));
      }
      default -> node;
    };
  }

  private static boolean same(Expr node, Chunks chunks) {
    return node.chunks().equals(chunks);
  }

  private Chunks cut(Chunks chunks, Expr node) {
    long bytes = chunks.largest() * node.dtype().itemSize();
    if (bytes <= TOLERANCE * size.targetBytes()) {
      return chunks;
    }
    Chunks target = size.auto(node.shape(), node.dtype());
    List<AxisChunks> axes = new ArrayList<>(chunks.rank());
    for (int axis = 0; axis < chunks.rank(); axis++) {
      AxisChunks given = chunks.axis(axis);
      AxisChunks wanted = target.axis(axis);
      axes.add(given.longest() <= wanted.longest() ? given : wanted);
    }
    return new Chunks(axes);
  }
}
