package dev.weft.core.routine;

import dev.weft.core.dtype.DType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Sorts one line of elements after the other; keys of 32 bits are kept as such. */
final class LineSorter {
  private final DType dtype;
  private final int[] narrow;
  private final long[] wide;
  private final RadixSort radix;

  /** For lines of {@code n} elements. */
  LineSorter(DType dtype, int n) {
    this.dtype = dtype;
    this.narrow = new int[Keys.isNarrow(dtype) ? n : 0];
    this.wide = new long[Keys.isNarrow(dtype) ? 0 : n];
    this.radix = new RadixSort(n);
  }

  /** Reads elements {@code step} bytes apart as the line's elements from {@code start} on. */
  void load(MemorySegment memory, long offset, long step, int start, int count) {
    if (Keys.isNarrow(dtype)) {
      Keys.load(dtype, memory, offset, step, narrow, start, count);
    } else {
      Keys.load(dtype, memory, offset, step, wide, start, count);
    }
  }

  void sort() {
    if (Keys.isNarrow(dtype)) {
      Arrays.sort(narrow);
    } else {
      radix.sort(wide, wide.length);
    }
  }

  /** The key at a position. */
  long key(long position) {
    return Keys.isNarrow(dtype) ? narrow[(int) position] : wide[(int) position];
  }

  /**
   * Writes the line, elements {@code step} bytes apart, a descending one from its end. Ends its use
   * until the next is read.
   */
  void store(MemorySegment memory, long offset, long step, boolean descending) {
    int n = narrow.length + wide.length;
    long first = descending ? offset + (n - 1) * step : offset;
    long between = descending ? -step : step;
    if (Keys.isNarrow(dtype)) {
      Keys.store(narrow, n, dtype, memory, first, between);
    } else {
      Keys.store(wide, n, dtype, memory, first, between);
    }
  }
}
