package dev.weft.io.zarr.metadata;

import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;

/** Shapes of arrays and chunks, checked so that no number of elements or bytes overflows. */
final class Extents {
  private static final int AXES = 64;

  /** The widest element. */
  private static final long ITEM = 16;

  /** Most bytes of a chunk. */
  static final long CHUNK_BYTES = Integer.MAX_VALUE - 8;

  private Extents() {}

  /** The shape of an array. */
  static Shape shape(Json json) {
    long[] extents = json.numbers(0);
    if (extents.length > AXES) {
      throw json.wrong("a list of at most %d extents".formatted(AXES));
    }
    try {
      Shape shape = Shape.of(extents);
      long size = ITEM;
      for (long extent : extents) {
        size = Math.multiplyExact(size, Math.max(1, extent));
      }
      return shape;
    } catch (UsageException | ArithmeticException e) {
      throw json.wrong("extents of an array of less than 2^63 bytes");
    }
  }

  /** The extents of chunks of an array. */
  static long[] chunk(Json json, Shape shape) {
    long[] chunk = json.numbers(0);
    if (chunk.length != shape.rank()) {
      throw json.wrong("%d extents, one for each axis of %s".formatted(shape.rank(), shape));
    }
    long size = ITEM;
    try {
      for (int axis = 0; axis < chunk.length; axis++) {
        if (chunk[axis] == 0 && shape.extent(axis) == 0) {
          chunk[axis] = 1;
        }
        if (chunk[axis] == 0) {
          throw json.wrong("extents of at least 1");
        }
        size = Math.multiplyExact(size, chunk[axis]);
      }
      return chunk;
    } catch (ArithmeticException e) {
      throw json.wrong("extents of a chunk of less than 2^63 bytes");
    }
  }

  /** How many inner chunks lie along each axis of a shard. */
  static long[] counts(Json json, long[] shard, long[] inner) {
    if (inner.length != shard.length) {
      throw json.wrong("%d extents, one for each axis".formatted(shard.length));
    }
    long[] counts = new long[inner.length];
    for (int axis = 0; axis < inner.length; axis++) {
      if (shard[axis] % inner[axis] != 0) {
        throw json.wrong("extents that divide those of the shard, %s".formatted(Shape.of(shard)));
      }
      counts[axis] = shard[axis] / inner[axis];
    }
    return counts;
  }

  /** Refuses chunks that do not fit the memory of one buffer. */
  static void requireReadable(long[] chunk, int itemSize) throws Unsupported {
    long size = itemSize;
    for (long extent : chunk) {
      size = Math.multiplyExact(size, extent);
    }
    if (size > CHUNK_BYTES) {
      throw new Unsupported(
          "chunks of %,d bytes are not read, but at most of %,d. Write the array in smaller chunks"
              .formatted(size, CHUNK_BYTES));
    }
  }
}
