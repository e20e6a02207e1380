package dev.weft.io.netcdf;

import dev.weft.core.device.StridedCopy;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Puts parts of an array at their place in a file whose numbers are big-endian. */
final class BigEndianCopy {
  private BigEndianCopy() {}

  /**
   * Copies a region.
   *
   * @param elements those of the region, dense, in C order and native byte order
   * @param array memory of the whole array, dense and in C order
   * @param itemSize bytes of an element: 1, 2, 4 or 8
   */
  static void copy(
      Region region, MemorySegment elements, Shape shape, int itemSize, MemorySegment array) {
    if (region.size() == 0) {
      return;
    }
    long[] strides = StridedCopy.dense(shape.extents(), itemSize);
    long[] extents = region.extents();
    // Trailing axes of which the region has all are one run, and the axis before them with it.
    int outer = extents.length;
    long run = 1;
    while (outer > 0 && (outer == extents.length || extents[outer] == shape.extent(outer))) {
      run *= extents[--outer];
    }
    long begin = 0;
    for (int axis = 0; axis < strides.length; axis++) {
      begin += region.start()[axis] * strides[axis];
    }
    long[] index = new long[outer];
    for (long from = 0; ; from += run * itemSize) {
      copy(elements, from, array, begin, itemSize, run);
      int axis = outer - 1;
      while (axis >= 0 && index[axis] == extents[axis] - 1) {
        begin -= index[axis] * strides[axis];
        index[axis] = 0;
        axis--;
      }
      if (axis < 0) {
        return;
      }
      index[axis]++;
      begin += strides[axis];
    }
  }

  private static void copy(
      MemorySegment from, long start, MemorySegment to, long begin, int itemSize, long count) {
    ValueLayout layout =
        switch (itemSize) {
          case 1 -> ValueLayout.JAVA_BYTE;
          case Short.BYTES -> ValueLayout.JAVA_SHORT_UNALIGNED;
          case Integer.BYTES -> ValueLayout.JAVA_INT_UNALIGNED;
          default -> ValueLayout.JAVA_LONG_UNALIGNED;
        };
    MemorySegment.copy(
        from, layout, start, to, layout.withOrder(ByteOrder.BIG_ENDIAN), begin, count);
  }
}
