package dev.weft.testkit.random;

import dev.weft.core.Index;
import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Promotion;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.Interpretation;
import dev.weft.core.shape.Shape;
import java.util.ArrayList;
import java.util.List;

/** What expressions mean, in loops over single elements. */
final class Mirror {
  private Mirror() {}

  static Dense apply(ElementwiseOp op, DType result, List<Dense> operands) {
    int rank = operands.stream().mapToInt(o -> o.shape().rank()).max().orElse(0);
    long[] extents = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      extents[axis] = 1;
      for (Dense operand : operands) {
        int own = axis - (rank - operand.shape().rank());
        if (own >= 0 && operand.shape().extent(own) != 1) {
          extents[axis] = operand.shape().extent(own);
        }
      }
    }
    return Dense.at(
        result,
        Shape.of(extents),
        index ->
            Interpretation.apply(
                op, operands.stream().map(o -> o.stretched(index)).toArray(Scalar[]::new)));
  }

  static Dense cast(Dense x, DType dtype) {
    return Dense.of(dtype, x.shape(), i -> Interpretation.convert(x.elements()[i], dtype));
  }

  static Dense transpose(Dense x, int[] order) {
    long[] extents = new long[order.length];
    for (int axis = 0; axis < order.length; axis++) {
      extents[axis] = x.shape().extent(order[axis]);
    }
    return Dense.at(
        x.dtype(),
        Shape.of(extents),
        index -> {
          long[] from = new long[order.length];
          for (int axis = 0; axis < order.length; axis++) {
            from[order[axis]] = index[axis];
          }
          return x.get(from);
        });
  }

  /** Positions on each axis of the base, or null for a new axis; {@code At} drops its axis. */
  static Dense slice(Dense x, List<Index> items) {
    List<long[]> axes = new ArrayList<>();
    List<Boolean> shown = new ArrayList<>();
    int b = 0;
    for (Index item : items) {
      switch (item) {
        case Index.At(long at) -> {
          axes.add(new long[] {at < 0 ? at + x.shape().extent(b) : at});
          shown.add(false);
          b++;
        }
        case Index.Range range -> {
          axes.add(positions(range, x.shape().extent(b)));
          shown.add(true);
          b++;
        }
        case Index.NewAxis none -> {
          axes.add(null);
          shown.add(true);
        }
        case Index.Ellipsis none -> throw new IllegalArgumentException("not drawn");
        case Index.Chosen none -> throw new IllegalArgumentException("not drawn");
        case Index.Listed none -> throw new IllegalArgumentException("not drawn");
        case Index.Masked none -> throw new IllegalArgumentException("not drawn");
      }
    }
    Shape shape = Shape.SCALAR;
    for (int i = 0; i < axes.size(); i++) {
      if (shown.get(i)) {
        shape = shape.insert(shape.rank(), axes.get(i) == null ? 1 : axes.get(i).length);
      }
    }
    return Dense.at(x.dtype(), shape, index -> pick(x, axes, shown, index));
  }

  private static Scalar pick(Dense x, List<long[]> axes, List<Boolean> shown, long[] index) {
    long[] from = new long[x.shape().rank()];
    int b = 0;
    int v = 0;
    for (int i = 0; i < axes.size(); i++) {
      long at = shown.get(i) ? index[v++] : 0;
      if (axes.get(i) != null) {
        from[b++] = axes.get(i)[(int) at];
      }
    }
    return x.get(from);
  }

  /** Python's slice rule, step by step. */
  private static long[] positions(Index.Range range, long extent) {
    long step = range.step() == null ? 1 : range.step();
    long start = range.start() == null ? (step > 0 ? 0 : extent - 1) : range.start();
    long stop = range.stop() == null ? (step > 0 ? extent : -1) : range.stop();
    if (range.start() != null) {
      start = start < 0 ? start + extent : start;
      start = step > 0 ? Math.clamp(start, 0, extent) : Math.clamp(start, -1, extent - 1);
    }
    if (range.stop() != null) {
      stop = stop < 0 ? stop + extent : stop;
      stop = step > 0 ? Math.clamp(stop, 0, extent) : Math.clamp(stop, -1, extent - 1);
    }
    List<Long> positions = new ArrayList<>();
    for (long i = start; step > 0 ? i < stop : i > stop; i += step) {
      positions.add(i);
    }
    return positions.stream().mapToLong(Long::longValue).toArray();
  }

  static Dense concatenate(int axis, List<Dense> parts) {
    DType dtype = parts.getFirst().dtype();
    long extent = 0;
    for (Dense part : parts) {
      dtype = Promotion.of(dtype, part.dtype());
      extent += part.shape().extent(axis);
    }
    DType common = dtype;
    return Dense.at(
        common,
        parts.getFirst().shape().with(axis, extent),
        index -> {
          long[] from = index.clone();
          for (Dense part : parts) {
            if (from[axis] < part.shape().extent(axis)) {
              return Interpretation.convert(part.get(from), common);
            }
            from[axis] -= part.shape().extent(axis);
          }
          throw new IllegalStateException("beyond the parts");
        });
  }

  static Dense take(Dense x, long[] indices, int axis) {
    return Dense.at(
        x.dtype(),
        x.shape().with(axis, indices.length),
        index -> {
          long[] from = index.clone();
          long at = indices[(int) index[axis]];
          from[axis] = at < 0 ? at + x.shape().extent(axis) : at;
          return x.get(from);
        });
  }
}
