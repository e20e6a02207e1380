package dev.weft.core.fuse;

import dev.weft.core.expr.Expr;
import dev.weft.core.shape.AxisChunks;
import dev.weft.core.shape.Chunks;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value that a fused kernel delivers.
 *
 * @param node the node whose array is (partly) filled
 * @param root the node computed for every point of the domain
 * @param domain the iteration space and its cut
 * @param reduce the reduction that follows, or null when values are stored
 * @param shift where the part starts in a concatenation, per axis
 */
record FusionRoot(
    Expr node, Expr root, Chunks domain, Expr.@Nullable Reduce reduce, List<Long> shift) {

  static FusionRoot store(Expr node) {
    return new FusionRoot(node, node, node.chunks(), null, zeros(node.shape().rank()));
  }

  static FusionRoot reduce(Expr.Reduce reduce) {
    Expr input = reduce.input();
    return new FusionRoot(reduce, input, input.chunks(), reduce, zeros(input.shape().rank()));
  }

  /** One part of a concatenation, cut as the concatenation is. */
  static FusionRoot part(Expr.Concatenate node, Expr part, long offset) {
    int axis = node.axis();
    AxisChunks all = node.chunks().axis(axis);
    long extent = part.shape().extent(axis);
    AxisChunks own = extent == 0 ? AxisChunks.regular(0, 1) : cuts(all, offset, extent);
    Long[] shift = zeros(node.shape().rank()).toArray(Long[]::new);
    shift[axis] = offset;
    return new FusionRoot(node, part, node.chunks().with(axis, own), null, List.of(shift));
  }

  /** The cuts of a piece of an axis, which begins and ends at cuts. */
  private static AxisChunks cuts(AxisChunks all, long offset, long extent) {
    int first = all.find(offset);
    int last = all.find(offset + extent - 1);
    long[] cuts = new long[last - first + 2];
    for (int i = 1; i < cuts.length; i++) {
      cuts[i] = all.offset(first + i) - offset;
    }
    return AxisChunks.at(cuts);
  }

  boolean isPart() {
    return node instanceof Expr.Concatenate;
  }

  @Nullable List<Integer> reducedAxes() {
    return reduce == null ? null : reduce.axes();
  }

  private static List<Long> zeros(int rank) {
    Long[] zeros = new Long[rank];
    Arrays.fill(zeros, 0L);
    return List.of(zeros);
  }
}
