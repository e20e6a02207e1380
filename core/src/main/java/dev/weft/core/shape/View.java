package dev.weft.core.shape;

import java.util.Arrays;

/**
 * An affine index map from an array's axes to a base array's axes: base index on axis {@code b} is
 * {@code offset[b] + sum over a with target[a] == b of step[a] * index[a]}. Each view axis moves
 * along at most one base axis ({@code target[a] == -1}: along none, as a broadcast axis does), and
 * at most one view axis moves along each base axis.
 *
 * <p>Slices, transpositions, broadcasts, flips and inserted or dropped axes of extent 1 are all
 * views, and so are their compositions.
 */
public record View(Shape shape, Shape base, long[] offset, int[] target, long[] step) {

  /** The view that shows the base as it is. */
  public static View identity(Shape shape) {
    int[] target = new int[shape.rank()];
    Arrays.setAll(target, axis -> axis);
    long[] step = new long[shape.rank()];
    Arrays.fill(step, 1);
    return new View(shape, shape, new long[shape.rank()], target, step);
  }

  /** Whether the view shows the base as it is. */
  public boolean isIdentity() {
    return shape.equals(base) && equals(identity(shape));
  }

  /** The base cut on every axis: {@code shape} indices from {@code start} in steps. */
  public static View slice(Shape base, long[] start, long[] step, long[] extents) {
    View all = identity(base);
    return new View(Shape.of(extents), base, start.clone(), all.target, step.clone());
  }

  /** The base with axes permuted: axis {@code a} of the view is axis {@code permutation[a]}. */
  public static View transpose(Shape base, int[] permutation) {
    long[] extents = new long[base.rank()];
    long[] step = new long[base.rank()];
    for (int axis = 0; axis < extents.length; axis++) {
      extents[axis] = base.extent(permutation[axis]);
      step[axis] = 1;
    }
    return new View(Shape.of(extents), base, new long[base.rank()], permutation.clone(), step);
  }

  /** The base stretched to {@code shape} by NumPy's rule. */
  public static View broadcast(Shape base, Shape shape) {
    int lead = shape.rank() - base.rank();
    int[] target = new int[shape.rank()];
    long[] step = new long[shape.rank()];
    for (int axis = 0; axis < shape.rank(); axis++) {
      boolean moves = axis >= lead && (base.extent(axis - lead) != 1 || shape.extent(axis) == 1);
      target[axis] = moves ? axis - lead : -1;
      step[axis] = moves ? 1 : 0;
    }
    return new View(shape, base, new long[base.rank()], target, step);
  }

  /**
   * The base reshaped to {@code shape} if that only inserts or drops axes of extent 1, else null.
   */
  public static @org.jspecify.annotations.Nullable View unitAxes(Shape base, Shape shape) {
    int[] target = new int[shape.rank()];
    long[] step = new long[shape.rank()];
    int b = 0;
    for (int axis = 0; axis < shape.rank(); axis++) {
      while (b < base.rank() && base.extent(b) == 1 && shape.extent(axis) != 1) {
        b++;
      }
      if (b < base.rank() && base.extent(b) == shape.extent(axis)) {
        target[axis] = b++;
        step[axis] = 1;
      } else if (shape.extent(axis) == 1) {
        target[axis] = -1;
      } else {
        return null;
      }
    }
    while (b < base.rank()) {
      if (base.extent(b++) != 1) {
        return null;
      }
    }
    return new View(shape, base, new long[base.rank()], target, step);
  }

  /** This view of {@code inner}, which is itself a view whose shape is this view's base. */
  public View of(View inner) {
    long[] composedOffset = inner.offset.clone();
    int[] composedTarget = new int[shape.rank()];
    long[] composedStep = new long[shape.rank()];
    for (int axis = 0; axis < inner.shape.rank(); axis++) {
      if (inner.target[axis] >= 0) {
        composedOffset[inner.target[axis]] += inner.step[axis] * offset[axis];
      }
    }
    for (int axis = 0; axis < shape.rank(); axis++) {
      int middle = target[axis];
      composedTarget[axis] = middle < 0 ? -1 : inner.target[middle];
      composedStep[axis] = composedTarget[axis] < 0 ? 0 : step[axis] * inner.step[middle];
    }
    return new View(shape, inner.base, composedOffset, composedTarget, composedStep);
  }

  /** The smallest region of the base that holds everything the view shows of {@code region}. */
  public Region reach(Region region) {
    long[] low = offset.clone();
    long[] high = offset.clone();
    for (int axis = 0; axis < target.length; axis++) {
      int b = target[axis];
      if (b >= 0 && region.extents()[axis] > 0) {
        long first = step[axis] * region.start()[axis];
        long last = step[axis] * (region.start()[axis] + region.extents()[axis] - 1);
        low[b] += Math.min(first, last);
        high[b] += Math.max(first, last);
      }
    }
    long[] extents = new long[low.length];
    boolean empty = region.size() == 0;
    for (int b = 0; b < extents.length; b++) {
      extents[b] = empty ? 0 : high[b] - low[b] + 1;
    }
    return new Region(low, extents);
  }

  /**
   * The step in memory of each view axis over a base stored with {@code baseStrides} (any unit).
   */
  public long[] strides(long[] baseStrides) {
    long[] strides = new long[target.length];
    for (int axis = 0; axis < target.length; axis++) {
      strides[axis] = target[axis] < 0 ? 0 : step[axis] * baseStrides[target[axis]];
    }
    return strides;
  }

  /** Where in the base, in units of {@code baseStrides}, the view's element {@code index} lies. */
  public long position(long[] index, long[] baseStrides) {
    long position = 0;
    for (int b = 0; b < offset.length; b++) {
      position += offset[b] * baseStrides[b];
    }
    for (int axis = 0; axis < target.length; axis++) {
      if (target[axis] >= 0) {
        position += index[axis] * step[axis] * baseStrides[target[axis]];
      }
    }
    return position;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof View view
        && shape.equals(view.shape)
        && base.equals(view.base)
        && Arrays.equals(offset, view.offset)
        && Arrays.equals(target, view.target)
        && Arrays.equals(step, view.step);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * shape.hashCode() + Arrays.hashCode(offset)) + Arrays.hashCode(step);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("[");
    for (int axis = 0; axis < target.length; axis++) {
      int b = target[axis];
      text.append(axis == 0 ? "" : ", ");
      if (b < 0) {
        text.append('*');
      } else {
        long first = offset[b];
        text.append(axis == b ? "" : "axis" + b + " ").append(first).append(':');
        text.append(first + step[axis] * shape.extent(axis));
        text.append(step[axis] == 1 ? "" : ":" + step[axis]);
      }
    }
    return text.append(']').toString();
  }
}
