package dev.weft.io.chunk;

import dev.weft.core.device.StridedCopy;
import dev.weft.core.shape.Region;
import dev.weft.io.codec.Scratch;
import java.lang.foreign.MemorySegment;

/** Takes whole chunks out of parts of an array that are brought to be written. */
public final class ChunkElements {
  private ChunkElements() {}

  /**
   * The elements of a chunk, dense and of its full shape, in native memory: what reaches beyond the
   * array is zeros.
   *
   * @param position the chunk's place in the grid
   * @param region what was brought
   * @param elements those of the region, dense and in C order
   * @param part of the region, all that the chunk holds of the array
   */
  public static MemorySegment of(
      StoredChunks grid,
      long[] position,
      Region region,
      MemorySegment elements,
      Region part,
      Scratch.Use use) {
    long bytes = grid.bytes();
    long[] dense = StridedCopy.dense(region.extents(), grid.itemSize());
    if (elements.isNative() && grid.isWhole(part, dense)) {
      return elements.asSlice(StoredChunks.offset(part, region, dense), bytes);
    }
    MemorySegment chunk = use.take(bytes);
    if (part.size() * grid.itemSize() < bytes) {
      chunk.fill((byte) 0);
    }
    grid.put(elements, region, position, part, chunk);
    return chunk;
  }
}
