package dev.weft.core.expr;

import dev.weft.core.dtype.DType;
import dev.weft.core.shape.Region;
import java.lang.foreign.MemorySegment;

/**
 * A part of an array as a routine of the host sees it: dense, in C order.
 *
 * @param region where it lies in the array
 * @param memory as many bytes as the region has; not aligned to the element type
 */
public record Block(DType dtype, Region region, MemorySegment memory) {
  /** The extent along an axis. */
  public long extent(int axis) {
    return region.extents()[axis];
  }
}
