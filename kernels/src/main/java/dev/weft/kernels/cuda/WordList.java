package dev.weft.kernels.cuda;

import dev.weft.core.error.InternalException;

/** Fills the words of a launch in order. */
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

  /** Values of axes, with room for {@code axes} of them. */
  WordList axes(long[] values, int axes) {
    System.arraycopy(values, 0, words, next, values.length);
    next += axes;
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
