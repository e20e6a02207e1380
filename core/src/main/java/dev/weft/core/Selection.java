package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.Exprs;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.core.shape.Shape;
import dev.weft.core.text.Elements;
import java.lang.foreign.MemorySegment;
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
    int checked = x.shape().axis("take", axis);
    HostArray positions = indices.cast(DType.INT64).compute();
    try {
      normalize(positions, x.shape(), checked);
    } catch (RuntimeException e) {
      positions.close();
      throw e;
    }
    return taken(x, positions.asSource(), checked);
  }

  static NDArray take(NDArray x, long[] indices, int axis) {
    int checked = x.shape().axis("take", axis);
    HostArray positions = HostArray.of(indices);
    normalize(positions, x.shape(), checked);
    return taken(x, positions.asSource(), checked);
  }

  private static NDArray taken(NDArray x, ArraySource positions, int axis) {
    return x.with(Exprs.take(x.expr(), x.session().array(positions).expr(), axis));
  }

  /** Checks positions, and counts those from the end from the beginning. */
  private static void normalize(HostArray positions, Shape shape, int axis) {
    long extent = shape.extent(axis);
    MemorySegment segment = positions.elements();
    for (long i = 0; i < positions.size(); i++) {
      long position = segment.getAtIndex(Elements.LONG, i);
      if (position < -extent || position >= extent) {
        throw new UsageException(
            "take: index %d at position %d is out of bounds for axis %d of shape %s, which allows %d to %d"
                .formatted(position, i, axis, shape, -extent, extent - 1));
      }
      if (position < 0) {
        segment.setAtIndex(Elements.LONG, i, position + extent);
      }
    }
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
    NDArray positions = x.session().array(MaskPositions.of(mask, x.session()));
    return ChosenElements.of(x, positions, whole);
  }

  static NDArray where(NDArray mask, NDArray yes, NDArray no) {
    return mask.with(
        Exprs.apply(ElementwiseOps.WHERE, List.of(mask.expr(), yes.expr(), no.expr())));
  }
}
