package dev.weft.core.slice;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Where slices of a plan leave the chunks that they make, and find those that others have made: a
 * folder, an object store, the blocks of a cluster. Chunks are known by the number of their array
 * in the plan and their own in the array. A chunk is there whole or not at all, and has the same
 * bytes whoever makes it. Safe for many threads.
 */
public interface ChunkExchange {
  /**
   * Fills {@code target} with a chunk that is there.
   *
   * @param target as many bytes as the chunk has
   * @throws IOException when it cannot be read; it is tried again, three times at most
   */
  void get(int array, long chunk, MemorySegment target) throws IOException;

  /**
   * Takes in a chunk; one that is there already may stay instead.
   *
   * @param bytes to be read during the call only
   * @throws IOException when it cannot be written; it is tried again, three times at most
   */
  void put(int array, long chunk, MemorySegment bytes) throws IOException;
}
