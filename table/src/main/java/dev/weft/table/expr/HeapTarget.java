package dev.weft.table.expr;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A Java array that takes an array of one axis in, chunk by chunk. */
final class HeapTarget implements ArrayTarget {
  private final MemorySegment memory;

  HeapTarget(MemorySegment memory) {
    this.memory = memory;
  }

  @Override
  public boolean takesRegions() {
    return true;
  }

  @Override
  public @Nullable MemorySegment open(DType dtype, Shape shape) {
    return null;
  }

  @Override
  public void write(Region region, MemorySegment elements) {
    long item = memory.byteSize() == 0 ? 1 : elements.byteSize() / Math.max(1, region.size());
    MemorySegment.copy(elements, 0, memory, region.start()[0] * item, region.extents()[0] * item);
  }

  @Override
  public void commit() {}

  @Override
  public void abort() {}
}
