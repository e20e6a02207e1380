package dev.weft.core.device;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

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
    // Trailing axes that are dense on both sides are one run of bytes.
    int inner = extents.length - 1;
    long run = itemSize;
    while (inner >= 0
        && (extents[inner] == 1 || from.strides[inner] == run && to.strides[inner] == run)) {
      run *= extents[inner];
      inner--;
    }
    boolean elements = run == itemSize && inner >= 0;
    int outer = elements ? inner : inner + 1;
    long[] index = new long[outer];
    long source = from.base;
    long target = to.base;
    while (true) {
      if (elements) {
        row(extents[inner], itemSize, from, source, to, target, inner);
      } else {
        MemorySegment.copy(from.memory, source, to.memory, target, run);
      }
      int axis = outer - 1;
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

  /** An axis whose elements do not lie side by side, from element to element on both sides. */
  private static void row(
      long count, int itemSize, Side from, long source, Side to, long target, int axis) {
    long step = from.strides[axis];
    long toStep = to.strides[axis];
    MemorySegment in = from.memory;
    MemorySegment out = to.memory;
    for (long i = 0; i < count; i++) {
      switch (itemSize) {
        case 1 -> out.set(JAVA_BYTE, target, in.get(JAVA_BYTE, source));
        case 2 -> out.set(JAVA_SHORT_UNALIGNED, target, in.get(JAVA_SHORT_UNALIGNED, source));
        case 4 -> out.set(JAVA_INT_UNALIGNED, target, in.get(JAVA_INT_UNALIGNED, source));
        case 8 -> out.set(JAVA_LONG_UNALIGNED, target, in.get(JAVA_LONG_UNALIGNED, source));
        default -> MemorySegment.copy(in, source, out, target, itemSize);
      }
      source += step;
      target += toStep;
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
