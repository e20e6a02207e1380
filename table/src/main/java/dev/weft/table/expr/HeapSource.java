package dev.weft.table.expr;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import java.lang.foreign.MemorySegment;

/**
 * A Java array as an array of one axis, copied chunk by chunk as it is needed.
 *
 * @param elements its bytes
 */
record HeapSource(MemorySegment elements, DType dtype, Shape shape) implements ArraySource {
  static HeapSource of(MemorySegment memory, DType dtype) {
    return new HeapSource(memory, dtype, Shape.of(memory.byteSize() / dtype.itemSize()));
  }

  @Override
  public String description() {
    return "memory";
  }

  @Override
  public void read(Region region, MemorySegment target) {
    long item = dtype.itemSize();
    MemorySegment.copy(elements, region.start()[0] * item, target, 0, region.extents()[0] * item);
  }
}
