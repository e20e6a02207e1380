package dev.weft.io.zarr.metadata;

/** Orders of axes. */
final class Axes {
  private Axes() {}

  /** All in their places. */
  static int[] inOrder(int rank) {
    int[] axes = new int[rank];
    for (int axis = 0; axis < rank; axis++) {
      axes[axis] = axis;
    }
    return axes;
  }

  /** The last axis first. */
  static int[] reversed(int rank) {
    int[] axes = new int[rank];
    for (int axis = 0; axis < rank; axis++) {
      axes[axis] = rank - 1 - axis;
    }
    return axes;
  }

  /** An order, and then another one. */
  static int[] then(int[] first, int[] second) {
    int[] axes = new int[first.length];
    for (int axis = 0; axis < axes.length; axis++) {
      axes[axis] = first[second[axis]];
    }
    return axes;
  }

  /** The order of the configuration of {@code transpose}. */
  static int[] parse(Json json, int rank) {
    if (json.node().isString()) {
      return switch (json.text()) {
        case "C" -> inOrder(rank);
        case "F" -> reversed(rank);
        default -> throw json.wrong("a list of axes");
      };
    }
    long[] order = json.numbers(0);
    int[] axes = new int[rank];
    boolean[] seen = new boolean[rank];
    boolean holds = order.length == rank;
    for (int i = 0; holds && i < rank; i++) {
      holds = order[i] < rank && !seen[(int) order[i]];
      if (holds) {
        axes[i] = (int) order[i];
        seen[axes[i]] = true;
      }
    }
    if (!holds) {
      throw json.wrong("a list of the axes from 0 to %d, each once".formatted(rank - 1));
    }
    return axes;
  }
}
