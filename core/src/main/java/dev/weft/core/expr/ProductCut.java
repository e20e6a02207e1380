package dev.weft.core.expr;

import dev.weft.core.dtype.DType;
import dev.weft.core.shape.AxisChunks;
import dev.weft.core.shape.Chunks;
import java.util.Arrays;

/**
 * How matrix products are cut into tasks. It depends on shapes and the element type only, since the
 * pieces of the inner axis are part of the order of additions.
 *
 * @param tile most rows and columns of a task: the larger, the less of its time goes into copying
 *     the factors; devices cut it for their threads
 * @param bytes what the operands of a task take, about, where the inner axis is cut
 * @param shortest no piece of the inner axis is shorter, since every piece goes over the whole tile
 */
public record ProductCut(long tile, long bytes, long shortest) {
  /** What products are cut by. */
  public static final ProductCut STANDARD = new ProductCut(4096, 64L << 20, 4096);

  /**
   * The pieces of the inner axis: as long as the operands of a tile allow, in a power of two; the
   * last is up to twice as long.
   */
  AxisChunks inner(long rows, long columns, long inner, DType dtype) {
    long each = (Math.min(tile, rows) + Math.min(tile, columns)) * dtype.itemSize();
    if (rows == 0 || columns == 0) {
      return AxisChunks.regular(inner, inner);
    }
    long piece = Math.max(shortest, Long.highestOneBit(Math.max(1, bytes / each)));
    if (inner < 2 * piece) {
      return AxisChunks.regular(inner, inner);
    }
    long[] offsets = new long[Math.toIntExact(inner / piece) + 1];
    Arrays.setAll(offsets, i -> i * piece);
    offsets[offsets.length - 1] = inner;
    return AxisChunks.at(offsets);
  }

  /**
   * A factor of which tasks read tiles of these rows and columns. What is computed anyway is
   * computed in these, so that no more than they is in memory at a time; what is in memory, or will
   * be for reasons of its own, stays as it is.
   */
  static Expr fit(Expr factor, AxisChunks rows, AxisChunks columns) {
    if (isKept(factor)) {
      return factor;
    }
    int rank = factor.shape().rank();
    Chunks chunks = factor.chunks();
    for (int axis = 0; axis < rank - 2; axis++) {
      chunks = chunks.with(axis, AxisChunks.regular(factor.shape().extent(axis), 1));
    }
    return Exprs.rechunk(factor, chunks.with(rank - 2, rows).with(rank - 1, columns));
  }

  private static boolean isKept(Expr factor) {
    return switch (factor) {
      case Expr.ViewOf view -> isKept(view.input());
      case Expr.Hint hint -> isKept(hint.input());
      case Expr.Rechunk rechunk -> isKept(rechunk.input());
      case Expr.Elementwise e -> false;
      case Expr.Cast c -> false;
      case Expr.Fill f -> false;
      case Expr.Iota i -> false;
      case Expr.Random r -> false;
      case Expr.Source s -> true;
      case Expr.Reshape r -> true;
      case Expr.Reduce r -> true;
      case Expr.Scan s -> true;
      case Expr.Concatenate c -> true;
      case Expr.Take t -> true;
      case Expr.MatMul m -> true;
      case Expr.MapBlocks m -> true;
    };
  }
}
