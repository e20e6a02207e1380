package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.Exprs;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.core.shape.Shape;
import dev.weft.core.text.Elements;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/** Selection by index arrays and masks. */
final class Selection {
  private Selection() {}

  static NDArray take(NDArray given, NDArray indices, int axis) {
    NDArray x = Reshaping.withAxis(given, axis);
    if (!indices.dtype().isInteger() && indices.dtype() != DType.BOOL) {
      throw new UsageException(
          "take: the indices are %s of shape %s; use integers"
              .formatted(indices.dtype(), indices.shape()));
    }
    int checked = x.shape().axis("take", axis);
    NDArray taken =
        taken(x, positions("take", indices.ravel(), x.shape(), checked).asSource(), checked);
    if (indices.rank() == 1) {
      return taken;
    }
    Shape shape = taken.shape().remove(checked);
    for (int i = 0; i < indices.rank(); i++) {
      shape = shape.insert(checked + i, indices.shape().extent(i));
    }
    return taken.reshape(shape.extents());
  }

  /** Computes positions along an axis, checks them, and counts from the beginning. */
  static HostArray positions(String name, NDArray indices, Shape shape, int axis) {
    HostArray positions = indices.cast(DType.INT64).compute();
    try {
      normalize(name, positions, shape, axis);
      return positions;
    } catch (RuntimeException e) {
      positions.close();
      throw e;
    }
  }

  static NDArray take(NDArray given, long[] indices, int axis) {
    NDArray x = Reshaping.withAxis(given, axis);
    int checked = x.shape().axis("take", axis);
    HostArray positions = HostArray.of(indices);
    normalize("take", positions, x.shape(), checked);
    return taken(x, positions.asSource(), checked);
  }

  static NDArray taken(NDArray x, ArraySource positions, int axis) {
    return x.with(Exprs.take(x.expr(), x.session().array(positions).expr(), axis));
  }

  /** Checks positions, and counts those from the end from the beginning. */
  static void normalize(String name, HostArray positions, Shape shape, int axis) {
    long extent = shape.extent(axis);
    MemorySegment segment = positions.elements();
    for (long i = 0; i < positions.size(); i++) {
      long position = segment.getAtIndex(Elements.LONG, i);
      if (position < -extent || position >= extent) {
        throw new UsageException(
            "%s: index %d at position %d is out of bounds for axis %d of shape %s, which allows %d to %d"
                .formatted(name, position, i, axis, shape, -extent, extent - 1));
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
    if (mask.rank() == 0) {
      return select(x.expandDims(0), mask.reshape(1));
    }
    int rank = mask.rank();
    boolean fits = rank <= x.rank();
    for (int axis = 0; axis < rank && fits; axis++) {
      fits = mask.shape().extent(axis) == x.shape().extent(axis);
    }
    if (!fits) {
      throw new UsageException(
          "select: a mask of shape %s fits neither shape %s nor its first axes; use a mask of that shape, or as long as the first axes"
              .formatted(mask.shape(), x.shape()));
    }
    if (rank > 1 && rank < x.rank()) {
      long[] rest = Arrays.copyOfRange(x.shape().extents(), rank - 1, x.rank());
      rest[0] = mask.size();
      return select(x.reshape(rest), mask.ravel());
    }
    NDArray positions = x.session().array(MaskPositions.of(mask, x.session()));
    return ChosenElements.of(x, positions, rank == x.rank());
  }

  static NDArray where(NDArray mask, NDArray yes, NDArray no) {
    return mask.with(
        Exprs.apply(ElementwiseOps.WHERE, List.of(mask.expr(), yes.expr(), no.expr())));
  }
}
