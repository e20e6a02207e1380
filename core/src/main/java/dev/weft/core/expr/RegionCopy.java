package dev.weft.core.expr;

import dev.weft.core.device.StridedCopy;
import dev.weft.core.device.StridedCopy.Side;
import dev.weft.core.shape.Region;
import java.lang.foreign.MemorySegment;

/** Copies a region of strided memory to dense memory, bytes unchanged. */
public final class RegionCopy {
  private RegionCopy() {}

  /**
   * Copies {@code region} to {@code target}, dense and in C order.
   *
   * @param itemSize bytes per element
   */
  public static void gather(
      ArraySource.Layout layout, int itemSize, Region region, MemorySegment target) {
    long from = layout.offset();
    for (int axis = 0; axis < region.rank(); axis++) {
      from += region.start()[axis] * layout.strides()[axis];
    }
    long[] extents = region.extents();
    StridedCopy.copy(
        extents,
        itemSize,
        new Side(layout.memory(), from, layout.strides()),
        new Side(target, 0, StridedCopy.dense(extents, itemSize)));
  }
}
