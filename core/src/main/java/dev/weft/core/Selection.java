package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.Exprs;
import dev.weft.core.op.ElementwiseOps;
import java.util.Arrays;
import java.util.List;

/** Selection by index arrays and masks. */
final class Selection {
  private Selection() {}

  static NDArray take(NDArray x, NDArray indices, int axis) {
    if (!indices.dtype().isInteger() || indices.rank() != 1) {
      throw new UsageException(
          "take: the indices are %s of shape %s; use integers of rank 1"
              .formatted(indices.dtype(), indices.shape()));
    }
    try (HostArray known = indices.cast(DType.INT64).compute()) {
      return take(x, known.toLongArray(), axis);
    }
  }

  static NDArray take(NDArray x, long[] indices, int axis) {
    int checked = x.shape().axis("take", axis);
    long extent = x.shape().extent(checked);
    long[] positions = indices.clone();
    for (int i = 0; i < positions.length; i++) {
      if (positions[i] < -extent || positions[i] >= extent) {
        throw new UsageException(
            "take: index %d at position %d is out of bounds for axis %d of shape %s, which allows %d to %d"
                .formatted(positions[i], i, checked, x.shape(), -extent, extent - 1));
      }
      positions[i] += positions[i] < 0 ? extent : 0;
    }
    NDArray list = x.session().array(positions);
    return x.with(Exprs.take(x.expr(), list.expr(), checked));
  }

  static NDArray select(NDArray x, NDArray mask) {
    if (mask.dtype() != DType.BOOL) {
      throw new UsageException(
          "select: the mask is %s; compare or cast it to bool first".formatted(mask.dtype()));
    }
    boolean whole = mask.shape().equals(x.shape());
    if (!whole && (mask.rank() != 1 || mask.shape().extent(0) != x.shape().extent(0))) {
      throw new UsageException(
          "select: a mask of shape %s fits neither shape %s nor its first axis; use a mask of that shape, or of rank 1 and as long as the first axis"
              .formatted(mask.shape(), x.shape()));
    }
    long[] positions = positions(mask);
    return (whole ? x.ravel() : x).take(positions, 0);
  }

  private static long[] positions(NDArray mask) {
    try (HostArray truth = mask.compute()) {
      boolean[] values = truth.toBooleanArray();
      long[] positions = new long[values.length];
      int count = 0;
      for (int i = 0; i < values.length; i++) {
        if (values[i]) {
          positions[count++] = i;
        }
      }
      return Arrays.copyOf(positions, count);
    }
  }

  static NDArray where(NDArray mask, NDArray yes, NDArray no) {
    return mask.with(
        Exprs.apply(ElementwiseOps.WHERE, List.of(mask.expr(), yes.expr(), no.expr())));
  }
}
