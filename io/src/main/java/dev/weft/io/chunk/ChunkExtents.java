package dev.weft.io.chunk;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.AxisChunks;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Shape;
import java.util.List;

/** Extents of the chunks in which an array is written. */
public final class ChunkExtents {
  /** Most bytes of a chunk whose extents are chosen, before it is compressed. */
  private static final long BYTES = 4L << 20;

  /** How much smaller than that a chunk may be to lie within one of the array. */
  private static final int NARROW = 8;

  private ChunkExtents() {}

  /**
   * Extents that were given.
   *
   * @param what they are of, for messages: chunks, shards
   * @throws UsageException when they do not fit the shape
   */
  public static long[] given(List<Long> given, String what, DType dtype, Shape shape) {
    long[] extents = given.stream().mapToLong(Long::longValue).toArray();
    long room = Integer.MAX_VALUE / dtype.itemSize();
    boolean holds = extents.length == shape.rank();
    for (long extent : extents) {
      holds &= extent > 0 && extent <= room;
      room = holds ? room / extent : 0;
    }
    if (!holds) {
      throw new UsageException(
          "%s %s of an array of %s %s: give one extent for each axis, 1 or more, and less than 2^31 bytes in all"
              .formatted(what, given, dtype, shape));
    }
    return extents;
  }

  /** Cuts leading axes first, so that chunks stay contiguous, into equal parts. */
  public static long[] chosen(DType dtype, Shape shape) {
    long[] extents = shape.extents();
    long most = BYTES / dtype.itemSize();
    for (int axis = 0; axis < extents.length; axis++) {
      extents[axis] = Math.max(1, extents[axis]);
      long inner = 1;
      for (int after = axis + 1; after < extents.length; after++) {
        inner *= Math.max(1, extents[after]);
      }
      long length = Math.max(1, Math.min(extents[axis], most / inner));
      long parts = (extents[axis] - 1) / length + 1;
      extents[axis] = (extents[axis] - 1) / parts + 1;
    }
    return extents;
  }

  /**
   * The chunks of an array, or equal parts of them where they are large: such are written as they
   * are computed. Where its chunks are irregular, or have no parts of a good size, others are
   * chosen.
   */
  public static long[] following(DType dtype, Chunks array) {
    long[] extents = new long[array.rank()];
    for (int axis = 0; axis < extents.length; axis++) {
      AxisChunks cuts = array.axis(axis);
      extents[axis] = Math.max(1, cuts.length(0));
      for (int i = 1; i < cuts.count(); i++) {
        boolean isLast = i == cuts.count() - 1;
        if (cuts.length(i) > extents[axis] || cuts.length(i) < extents[axis] && !isLast) {
          return chosen(dtype, array.shape());
        }
      }
    }
    long most = BYTES / dtype.itemSize();
    for (int axis = 0; axis < extents.length; axis++) {
      double inner = 1;
      for (int after = axis + 1; after < extents.length; after++) {
        inner *= extents[after];
      }
      long wanted = Math.max(1, (long) Math.min(extents[axis], most / inner));
      long divisor = wanted;
      while (extents[axis] % divisor != 0) {
        divisor--;
      }
      if (divisor * NARROW < wanted) {
        return chosen(dtype, array.shape());
      }
      extents[axis] = divisor;
    }
    return extents;
  }
}
