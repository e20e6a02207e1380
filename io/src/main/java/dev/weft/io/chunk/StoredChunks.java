package dev.weft.io.chunk;

import dev.weft.core.device.StridedCopy;
import dev.weft.core.device.StridedCopy.Side;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The chunks of an array in a file: boxes of one shape, of which those at the end may reach beyond
 * the array. A chunk is dense and in C order, of its full shape, wherever it lies.
 *
 * @param shape extents of the array
 * @param chunk extents of a chunk, 1 or more
 * @param itemSize bytes of an element
 */
public record StoredChunks(Shape shape, long[] chunk, int itemSize) {
  /** Hears of a chunk and the part of it that is meant. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * One chunk.
     *
     * @param position the chunk's place in the grid of chunks
     * @param part the part of the array
     */
    void on(long[] position, Region part) throws IOException;
  }

  /** Bytes of a chunk. */
  public long bytes() {
    long bytes = itemSize;
    for (long extent : chunk) {
      bytes = Math.multiplyExact(bytes, extent);
    }
    return bytes;
  }

  /** The same cuts as chunks of an array, the last of each axis not longer than the array. */
  public Chunks cuts() {
    return Chunks.regular(shape, chunk);
  }

  /**
   * Copies elements of a part of the array into a chunk that it touches.
   *
   * @param elements those of {@code region}, dense and in C order
   * @param part what of the region lies in the chunk
   */
  public void put(
      MemorySegment elements, Region region, long[] position, Region part, MemorySegment into) {
    long[] dense = StridedCopy.dense(region.extents(), itemSize);
    StridedCopy.copy(
        part.extents(),
        itemSize,
        new Side(elements, offset(part, region, dense), dense),
        new Side(into, offset(position, part), strides()));
  }

  /** Visits the chunks that a part of the array touches, in C order. */
  public void visit(Region region, Visitor visitor) throws IOException {
    if (region.size() == 0) {
      return;
    }
    int rank = chunk.length;
    long[] first = new long[rank];
    long[] last = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      first[axis] = region.start()[axis] / chunk[axis];
      last[axis] = (region.start()[axis] + region.extents()[axis] - 1) / chunk[axis];
    }
    long[] position = first.clone();
    while (true) {
      visitor.on(position.clone(), part(position, region));
      int axis = rank - 1;
      while (axis >= 0 && position[axis] == last[axis]) {
        position[axis] = first[axis];
        axis--;
      }
      if (axis < 0) {
        return;
      }
      position[axis]++;
    }
  }

  private Region part(long[] position, Region region) {
    long[] start = new long[position.length];
    long[] extents = new long[position.length];
    for (int axis = 0; axis < start.length; axis++) {
      long from = position[axis] * chunk[axis];
      long end = region.start()[axis] + region.extents()[axis];
      start[axis] = Math.max(from, region.start()[axis]);
      extents[axis] = Math.min(from + chunk[axis], end) - start[axis];
    }
    return new Region(start, extents);
  }

  /** Whether a part of the array is all that a chunk holds of it. */
  public boolean covers(long[] position, Region part) {
    for (int axis = 0; axis < position.length; axis++) {
      long from = position[axis] * chunk[axis];
      long end = Math.min(from + chunk[axis], shape.extent(axis));
      if (part.start()[axis] != from || part.start()[axis] + part.extents()[axis] != end) {
        return false;
      }
    }
    return true;
  }

  /** Whether a part is a whole chunk, whose elements lie alike in memory with these strides. */
  public boolean isWhole(Region part, long[] strides) {
    if (!Arrays.equals(part.extents(), chunk)) {
      return false;
    }
    long[] dense = strides();
    for (int axis = 0; axis < dense.length; axis++) {
      if (chunk[axis] > 1 && dense[axis] != strides[axis]) {
        return false;
      }
    }
    return true;
  }

  /** Bytes between neighbours of a chunk on each axis. */
  public long[] strides() {
    return StridedCopy.dense(chunk, itemSize);
  }

  /** Where a part of the array begins in the chunk that holds it, in bytes. */
  public long offset(long[] position, Region part) {
    long[] strides = strides();
    long offset = 0;
    for (int axis = 0; axis < position.length; axis++) {
      offset += (part.start()[axis] - position[axis] * chunk[axis]) * strides[axis];
    }
    return offset;
  }

  /** Where a part of a region begins in memory of the region with these strides. */
  public static long offset(Region part, Region region, long[] strides) {
    long offset = 0;
    for (int axis = 0; axis < strides.length; axis++) {
      offset += (part.start()[axis] - region.start()[axis]) * strides[axis];
    }
    return offset;
  }
}
