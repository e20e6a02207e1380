package dev.weft.core.reference;

import java.util.function.Consumer;

/** Enumerates the indices of an iteration space in C order. */
final class Indices {
  private Indices() {}

  /** Hands every index to {@code action}, always in the same array. */
  static void forEach(long[] extents, Consumer<long[]> action) {
    for (long extent : extents) {
      if (extent == 0) {
        return;
      }
    }
    long[] index = new long[extents.length];
    do {
      action.accept(index);
    } while (advance(index, extents));
  }

  private static boolean advance(long[] index, long[] extents) {
    for (int axis = index.length - 1; axis >= 0; axis--) {
      if (++index[axis] < extents[axis]) {
        return true;
      }
      index[axis] = 0;
    }
    return false;
  }
}
