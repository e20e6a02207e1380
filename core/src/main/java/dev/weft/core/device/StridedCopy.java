package dev.weft.core.device;

import java.lang.foreign.MemorySegment;

/** Copies between memory of any strides on the host, row by row. */
public final class StridedCopy {
  private StridedCopy() {}

  /** One side of a copy: byte offset of the first element and bytes between neighbours. */
  public record Side(MemorySegment memory, long base, long[] strides) {}

  /** Copies the elements of a block, in C order. */
  public static void copy(long[] extents, int itemSize, Side from, Side to) {
    for (long extent : extents) {
      if (extent == 0) {
        return;
      }
    }
    int inner = extents.length - 1;
    while (inner >= 0 && extents[inner] == 1) {
      inner--;
    }
    // Trailing axes that are dense on both sides are one run of bytes.
    long run = itemSize;
    while (inner >= 0 && from.strides[inner] == run && to.strides[inner] == run) {
      run *= extents[inner];
      inner--;
    }
    long[] index = new long[inner + 1];
    long source = from.base;
    long target = to.base;
    while (true) {
      MemorySegment.copy(from.memory, source, to.memory, target, run);
      int axis = inner;
      while (axis >= 0 && index[axis] == extents[axis] - 1) {
        source -= index[axis] * from.strides[axis];
        target -= index[axis] * to.strides[axis];
        index[axis] = 0;
        axis--;
      }
      if (axis < 0) {
        return;
      }
      index[axis]++;
      source += from.strides[axis];
      target += to.strides[axis];
    }
  }

  /** Strides in bytes of a dense C-order block. */
  public static long[] dense(long[] extents, int itemSize) {
    long[] strides = new long[extents.length];
    long stride = itemSize;
    for (int axis = extents.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= Math.max(1, extents[axis]);
    }
    return strides;
  }
}
