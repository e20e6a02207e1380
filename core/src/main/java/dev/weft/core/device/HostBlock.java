package dev.weft.core.device;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A block of elements in memory of the host, of any strides: one side of a copy to or from a {@link
 * FarDevice}, where blocks are dense and in C order.
 *
 * @param memory the memory that holds the elements
 * @param base byte offset of the first element
 * @param strides bytes between neighbours along each axis; may be 0 or negative where the block is
 *     only read
 * @param extents elements along each axis
 * @param itemSize bytes of an element
 */
public record HostBlock(
    MemorySegment memory, long base, long[] strides, long[] extents, int itemSize) {

  /** A dense block in C order at the beginning of {@code memory}. */
  public static HostBlock dense(MemorySegment memory, long[] extents, int itemSize) {
    return new HostBlock(memory, 0, StridedCopy.dense(extents, itemSize), extents, itemSize);
  }

  /** Bytes of the elements. */
  public long bytes() {
    long bytes = itemSize;
    for (long extent : extents) {
      bytes *= extent;
    }
    return bytes;
  }

  /** Whether the elements lie side by side, in C order. */
  public boolean isDense() {
    long stride = itemSize;
    for (int axis = extents.length - 1; axis >= 0; axis--) {
      if (extents[axis] != 1 && strides[axis] != stride) {
        return false;
      }
      stride *= extents[axis];
    }
    return true;
  }

  /** The elements of a dense block as they lie in memory. */
  public MemorySegment segment() {
    return memory.asSlice(base, bytes());
  }

  /** Copies the elements to dense memory. */
  public void pack(MemorySegment to) {
    StridedCopy.copy(extents, itemSize, side(), beside(to));
  }

  /** Copies the elements from dense memory. */
  public void unpack(MemorySegment from) {
    StridedCopy.copy(extents, itemSize, beside(from), side());
  }

  private StridedCopy.Side side() {
    return new StridedCopy.Side(memory, base, strides);
  }

  private StridedCopy.Side beside(MemorySegment dense) {
    return new StridedCopy.Side(dense, 0, StridedCopy.dense(extents, itemSize));
  }

  /**
   * The block cut into parts that follow each other in C order, each of at most so many bytes, or
   * of one element.
   */
  public List<HostBlock> pieces(long mostBytes) {
    List<HostBlock> pieces = new ArrayList<>();
    cut(mostBytes, pieces);
    return pieces;
  }

  private void cut(long mostBytes, List<HostBlock> pieces) {
    long bytes = bytes();
    if (bytes == 0) {
      return;
    }
    int axis = 0;
    while (axis < extents.length && extents[axis] == 1) {
      axis++;
    }
    if (bytes <= mostBytes || axis == extents.length) {
      pieces.add(this);
      return;
    }
    long one = bytes / extents[axis];
    long count = Math.max(1, mostBytes / one);
    for (long first = 0; first < extents[axis]; first += count) {
      long[] part = Arrays.copyOf(extents, extents.length);
      part[axis] = Math.min(count, extents[axis] - first);
      new HostBlock(memory, base + first * strides[axis], strides, part, itemSize)
          .cut(mostBytes, pieces);
    }
  }
}
