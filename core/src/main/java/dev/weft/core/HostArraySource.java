package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.Identity;
import dev.weft.core.expr.RegionCopy;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A host array as a source: always in place. */
record HostArraySource(HostArray array) implements ArraySource {
  @Override
  public Shape shape() {
    return array.shape();
  }

  @Override
  public DType dtype() {
    return array.dtype();
  }

  @Override
  public String description() {
    return "memory";
  }

  @Override
  public Layout memory() {
    long[] strides = array.shape().strides();
    for (int axis = 0; axis < strides.length; axis++) {
      strides[axis] *= array.dtype().itemSize();
    }
    return new Layout(array.leased(), 0, strides);
  }

  @Override
  public @Nullable Identity identity() {
    return array.identity();
  }

  @Override
  public void close() {
    array.close();
  }

  @Override
  public Runnable lease() {
    return array.lease();
  }

  @Override
  public void read(Region region, MemorySegment target) {
    RegionCopy.gather(memory(), array.dtype().itemSize(), region, target);
  }
}
