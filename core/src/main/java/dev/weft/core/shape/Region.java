package dev.weft.core.shape;

import java.util.Arrays;

/**
 * A rectangular part of an array: {@code extents[i]} indices from {@code start[i]} on each axis.
 */
public record Region(long[] start, long[] extents) {

  /** The whole of an array of {@code shape}. */
  public static Region all(Shape shape) {
    return new Region(new long[shape.rank()], shape.extents());
  }

  /** Number of axes. */
  public int rank() {
    return start.length;
  }

  /** Number of elements. */
  public long size() {
    long size = 1;
    for (long extent : extents) {
      size *= extent;
    }
    return size;
  }

  /** The part with one index on an axis. */
  public Region plane(int axis, long index) {
    long[] from = start.clone();
    long[] along = extents.clone();
    from[axis] = index;
    along[axis] = 1;
    return new Region(from, along);
  }

  /** The extents as a shape. */
  public Shape shape() {
    return Shape.of(extents);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Region(long[] s, long[] e)
        && Arrays.equals(start, s)
        && Arrays.equals(extents, e);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(start) + Arrays.hashCode(extents);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("[");
    for (int axis = 0; axis < start.length; axis++) {
      text.append(axis == 0 ? "" : ", ")
          .append(start[axis])
          .append(':')
          .append(start[axis] + extents[axis]);
    }
    return text.append(']').toString();
  }
}
