package dev.weft.core.shape;

import dev.weft.core.error.UsageException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The extents of an array, outermost axis first; immutable. A scalar has no axes. */
public final class Shape {
  /** The shape of a scalar. */
  public static final Shape SCALAR = new Shape(new long[0]);

  private final long[] extents;
  private final long size;

  private Shape(long[] extents) {
    long product = 1;
    boolean empty = false;
    for (long extent : extents) {
      empty |= extent == 0;
      if (extent < 0) {
        throw new UsageException("shape %s: extents must not be negative".formatted(text(extents)));
      }
      try {
        // An extent of 0 does not hide the others, whose products are strides.
        product = Math.multiplyExact(product, Math.max(1, extent));
      } catch (ArithmeticException e) {
        throw new UsageException(
            "shape %s has more than 2^63-1 elements; use smaller extents".formatted(text(extents)),
            e);
      }
    }
    this.extents = extents;
    this.size = empty ? 0 : product;
  }

  /** The shape with these extents. */
  public static Shape of(long... extents) {
    return extents.length == 0 ? SCALAR : new Shape(extents.clone());
  }

  /**
   * The shape that all broadcast to: {@code (3, 1)} and {@code (4)} give {@code (3, 4)}; no shapes
   * give the one without axes.
   *
   * @throws dev.weft.core.error.UsageException when they do not; says which axis
   */
  public static Shape broadcast(Shape... shapes) {
    return Broadcasting.common("broadcast_shapes", List.of(shapes));
  }

  /** Number of axes. */
  public int rank() {
    return extents.length;
  }

  /** Number of elements. */
  public long size() {
    return size;
  }

  /** Extent of an axis, counted from 0. */
  public long extent(int axis) {
    return extents[axis];
  }

  /** A copy of the extents. */
  public long[] extents() {
    return extents.clone();
  }

  /** The shape with one extent replaced. */
  public Shape with(int axis, long extent) {
    long[] changed = extents.clone();
    changed[axis] = extent;
    return new Shape(changed);
  }

  /** The shape with a new axis of {@code extent} before {@code axis}. */
  public Shape insert(int axis, long extent) {
    long[] changed = new long[extents.length + 1];
    System.arraycopy(extents, 0, changed, 0, axis);
    changed[axis] = extent;
    System.arraycopy(extents, axis, changed, axis + 1, extents.length - axis);
    return new Shape(changed);
  }

  /** The shape without {@code axis}. */
  public Shape remove(int axis) {
    long[] changed = new long[extents.length - 1];
    System.arraycopy(extents, 0, changed, 0, axis);
    System.arraycopy(extents, axis + 1, changed, axis, changed.length - axis);
    return Shape.of(changed);
  }

  /**
   * The place in C order of the element at {@code index}, whose numbers count from the end when
   * negative.
   *
   * @throws UsageException for another number of indices than axes, or one out of bounds
   */
  public long position(long... index) {
    if (index.length != rank()) {
      throw new UsageException(
          "array of shape %s takes %d indices; %d given".formatted(this, rank(), index.length));
    }
    long position = 0;
    for (int axis = 0; axis < index.length; axis++) {
      long extent = extent(axis);
      long i = index[axis] < 0 ? index[axis] + extent : index[axis];
      if (i < 0 || i >= extent) {
        throw new UsageException(
            "index %d is out of bounds for axis %d of shape %s".formatted(index[axis], axis, this));
      }
      position = position * extent + i;
    }
    return position;
  }

  /** Strides of a dense C-order array of this shape, in elements. */
  public long[] strides() {
    long[] strides = new long[extents.length];
    long stride = 1;
    for (int axis = extents.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= Math.max(extents[axis], 1);
    }
    return strides;
  }

  /**
   * Axis {@code axis}, which may count from the end as in NumPy, as an index from 0.
   *
   * @throws UsageException when there is no such axis
   */
  public int axis(String operation, int axis) {
    if (axis < -rank() || axis >= rank()) {
      throw new UsageException(
          "%s: axis %d is out of range for shape %s, which has %d %s"
              .formatted(operation, axis, this, rank(), rank() == 1 ? "axis" : "axes"));
    }
    return axis < 0 ? axis + rank() : axis;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(extents, shape.extents);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(extents);
  }

  @Override
  public String toString() {
    return text(extents);
  }

  private static String text(long[] extents) {
    return Arrays.stream(extents)
        .mapToObj(Long::toString)
        .collect(Collectors.joining(", ", "(", extents.length == 1 ? ",)" : ")"));
  }
}
