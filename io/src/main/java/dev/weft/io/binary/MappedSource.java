package dev.weft.io.binary;

import dev.weft.core.error.DeviceException;
import dev.weft.core.expr.RegionCopy;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * An array whose elements lie in a file at constant distances on each axis. It is mapped: elements
 * in native byte order are read in place.
 */
public class MappedSource extends OpenArray {
  private final MemorySegment data;
  private final long[] strides;
  private final long end;

  /**
   * An array of an open file, which is closed with it.
   *
   * @param data where the first element is, to the last
   * @param strides bytes between neighbours on each axis
   * @param end the bytes that the file must have for the data to be in it
   */
  public MappedSource(
      OpenFile file, StoredArray array, MemorySegment data, long[] strides, long end) {
    super(file, array);
    this.data = data;
    this.strides = strides.clone();
    this.end = end;
  }

  /**
   * Bytes between neighbours on each axis of an array without gaps.
   *
   * @param isFortran whether the first axis is the fastest, not the last
   */
  public static long[] strides(Shape shape, boolean isFortran, int itemSize) {
    long[] strides = shape.strides();
    if (isFortran) {
      long stride = 1;
      for (int axis = 0; axis < strides.length; axis++) {
        strides[axis] = stride;
        stride *= Math.max(shape.extent(axis), 1);
      }
    }
    for (int axis = 0; axis < strides.length; axis++) {
      strides[axis] *= itemSize;
    }
    return strides;
  }

  @Override
  public @Nullable Layout memory() {
    file().requireOpen();
    return array().type().isNative() && isAligned() ? new Layout(data, 0, strides.clone()) : null;
  }

  private boolean isAligned() {
    int size = array().type().numberSize();
    boolean aligned = data.address() % size == 0;
    for (long stride : strides) {
      aligned &= stride % size == 0;
    }
    return aligned;
  }

  @Override
  public void read(Region region, MemorySegment target) {
    file().requireOpen();
    int itemSize = array().type().itemSize();
    MemorySegment dense = target.asSlice(0, region.size() * itemSize);
    try {
      RegionCopy.gather(new Layout(data, 0, strides), itemSize, region, dense);
      // Behind the end of a shortened file the rest of its last page reads as zeros. Within the
      // block: the JVM may report a page that is gone a few calls later.
      file().requireSize(end);
    } catch (InternalError e) {
      // How the JVM reports a mapped page that is gone.
      requireIntact();
      throw new DeviceException(
          "read %s: its disk failed (%s). Check the disk, then run again"
              .formatted(description(), e.getMessage()),
          e);
    } catch (IllegalStateException e) {
      file().requireOpen();
      throw e;
    }
    array().type().makeNative(dense);
  }
}
