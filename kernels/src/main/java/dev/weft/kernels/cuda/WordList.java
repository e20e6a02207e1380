package dev.weft.kernels.cuda;

import dev.weft.core.error.InternalException;

/** Fills the words of a chunk in order. */
final class WordList {
  private final long[] words;
  private int next;

  WordList(int size) {
    words = new long[size];
  }

  WordList add(long... values) {
    System.arraycopy(values, 0, words, next, values.length);
    next += values.length;
    return this;
  }

  /** For each axis its extent and the stride of each operand. */
  WordList axes(IterationAxes axes) {
    for (int axis = 0; axis < axes.rank(); axis++) {
      add(axes.extents()[axis]);
      for (long[] strides : axes.strides()) {
        add(strides[axis]);
      }
    }
    return this;
  }

  long[] finished() {
    if (next != words.length) {
      throw new InternalException(
          "a launch filled %d of its %d words".formatted(next, words.length));
    }
    return words;
  }
}
