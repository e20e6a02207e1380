package dev.weft.kernels.cuda;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Axes of an iteration space with as few of them as possible: those of extent 1 are left out, and
 * neighbours that every operand walks with one stride are merged.
 *
 * @param extents outermost first
 * @param strides by operand, then axis
 */
record IterationAxes(long[] extents, long[][] strides) {

  /** The axes that are {@code chosen}, in their order. */
  static IterationAxes inOrder(long[] extents, long[][] strides, boolean[] chosen) {
    return merged(extents, strides, list(extents, chosen));
  }

  /**
   * The axes that are {@code chosen}, in the order in which operand {@code leader} lies in memory,
   * so that neighbouring elements are neighbours there; for spaces whose order does not matter.
   */
  static IterationAxes inMemoryOrder(
      long[] extents, long[][] strides, boolean[] chosen, int leader) {
    List<Integer> axes = list(extents, chosen);
    if (leader >= 0) {
      long[] steps = strides[leader];
      axes.sort(Comparator.comparingLong((Integer axis) -> Math.abs(steps[axis])).reversed());
    }
    return merged(extents, strides, axes);
  }

  private static List<Integer> list(long[] extents, boolean[] chosen) {
    List<Integer> axes = new ArrayList<>();
    for (int axis = 0; axis < extents.length; axis++) {
      if (chosen[axis] && extents[axis] != 1) {
        axes.add(axis);
      }
    }
    return axes;
  }

  private static IterationAxes merged(long[] extents, long[][] strides, List<Integer> axes) {
    int rank = 0;
    long[] lengths = new long[axes.size()];
    int[] innermost = new int[axes.size()];
    for (int axis : axes) {
      if (rank > 0 && continues(extents[axis], strides, innermost[rank - 1], axis)) {
        lengths[rank - 1] *= extents[axis];
        innermost[rank - 1] = axis;
      } else {
        lengths[rank] = extents[axis];
        innermost[rank++] = axis;
      }
    }
    long[] merged = new long[rank];
    long[][] steps = new long[strides.length][rank];
    for (int axis = 0; axis < rank; axis++) {
      merged[axis] = lengths[axis];
      for (int operand = 0; operand < strides.length; operand++) {
        steps[operand][axis] = strides[operand][innermost[axis]];
      }
    }
    return new IterationAxes(merged, steps);
  }

  /** Whether a step on {@code outer} is as long as the whole of {@code inner}. */
  private static boolean continues(long extent, long[][] strides, int outer, int inner) {
    for (long[] operand : strides) {
      if (operand[outer] != operand[inner] * extent) {
        return false;
      }
    }
    return true;
  }

  int rank() {
    return extents.length;
  }

  /** The same with an axis of one element where there is none. */
  IterationAxes atLeastOne() {
    return rank() > 0 ? this : new IterationAxes(new long[] {1}, new long[strides.length][1]);
  }

  /** Number of elements. */
  long size() {
    long size = 1;
    for (long extent : extents) {
      size *= extent;
    }
    return size;
  }

  /** Whether no operand's element is further than 31 bits from its first one. */
  boolean fitsInt() {
    for (long[] operand : strides) {
      long reach = 0;
      for (int axis = 0; axis < extents.length; axis++) {
        reach += Math.abs(operand[axis]) * (extents[axis] - 1);
      }
      if (reach > Integer.MAX_VALUE) {
        return false;
      }
    }
    // Room for the last step of a grid-stride loop.
    return size() <= 1 << 30;
  }

  /** The stride of an operand on the innermost axis, 0 if there is none. */
  long innermost(int operand) {
    return rank() == 0 ? 0 : strides[operand][rank() - 1];
  }
}
