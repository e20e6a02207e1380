package dev.weft.core.expr;

import dev.weft.core.shape.Region;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Copies a region of strided memory to dense memory, bytes unchanged. */
public final class RegionCopy {
  private final MemorySegment source;
  private final long[] strides;
  private final long[] extents;
  private final int itemSize;
  private final MemorySegment target;
  private final int inner;
  private final long run;
  private long position;

  private RegionCopy(
      ArraySource.Layout layout, int itemSize, long[] extents, MemorySegment target) {
    this.source = layout.memory();
    this.strides = layout.strides();
    this.extents = extents;
    this.itemSize = itemSize;
    this.target = target;
    long bytes = itemSize;
    int axis = extents.length;
    while (axis > 0 && (strides[axis - 1] == bytes || extents[axis - 1] == 1)) {
      bytes *= extents[--axis];
    }
    this.inner = axis;
    this.run = bytes;
  }

  /**
   * Copies {@code region} to {@code target}, dense and in C order.
   *
   * @param itemSize bytes per element
   */
  public static void gather(
      ArraySource.Layout layout, int itemSize, Region region, MemorySegment target) {
    if (region.size() == 0) {
      return;
    }
    long from = layout.offset();
    for (int axis = 0; axis < region.rank(); axis++) {
      from += region.start()[axis] * layout.strides()[axis];
    }
    new RegionCopy(layout, itemSize, region.extents(), target).copy(0, from);
  }

  private void copy(int axis, long from) {
    if (axis == inner) {
      MemorySegment.copy(source, from, target, position, run);
      position += run;
    } else if (axis == extents.length - 1) {
      copyElements(from);
    } else {
      for (long i = 0; i < extents[axis]; i++) {
        copy(axis + 1, from + i * strides[axis]);
      }
    }
  }

  /** The last axis when its elements do not lie side by side. */
  private void copyElements(long from) {
    long count = extents[extents.length - 1];
    long stride = strides[extents.length - 1];
    long to = position;
    for (long i = 0; i < count; i++) {
      long at = from + i * stride;
      switch (itemSize) {
        case 1 -> target.set(ValueLayout.JAVA_BYTE, to, source.get(ValueLayout.JAVA_BYTE, at));
        case 2 ->
            target.set(
                ValueLayout.JAVA_SHORT_UNALIGNED,
                to,
                source.get(ValueLayout.JAVA_SHORT_UNALIGNED, at));
        case 4 ->
            target.set(
                ValueLayout.JAVA_INT_UNALIGNED, to, source.get(ValueLayout.JAVA_INT_UNALIGNED, at));
        case 8 ->
            target.set(
                ValueLayout.JAVA_LONG_UNALIGNED,
                to,
                source.get(ValueLayout.JAVA_LONG_UNALIGNED, at));
        default -> MemorySegment.copy(source, at, target, to, itemSize);
      }
      to += itemSize;
    }
    position = to;
  }
}
