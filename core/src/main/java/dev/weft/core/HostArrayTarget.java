package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.shape.Shape;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A result that stays in memory while others of the same job go elsewhere. */
public class HostArrayTarget implements ArrayTarget {
  private @Nullable HostArray array;

  @Override
  public MemorySegment open(DType dtype, Shape shape) {
    HostArray memory = HostArray.allocate(dtype, shape);
    array = memory;
    return memory.segment();
  }

  @Override
  public void commit() {}

  @Override
  public void abort() {
    if (array != null) {
      array.close();
    }
  }

  /** The result. */
  public HostArray array() {
    if (array == null) {
      throw new IllegalStateException("the job has not run");
    }
    return array;
  }
}
