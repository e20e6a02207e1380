package dev.weft.io.hdf5;

import dev.weft.io.chunk.StoredChunks;
import io.jhdf.Constants;
import io.jhdf.btree.BTreeV1;
import io.jhdf.dataset.chunked.Chunk;
import io.jhdf.dataset.chunked.DatasetInfo;
import io.jhdf.dataset.chunked.indexing.BTreeIndex;
import io.jhdf.dataset.chunked.indexing.ExtensibleArrayIndex;
import io.jhdf.dataset.chunked.indexing.FixedArrayIndex;
import io.jhdf.dataset.chunked.indexing.ImplicitChunkIndex;
import io.jhdf.dataset.chunked.indexing.SingleChunkIndex;
import io.jhdf.object.message.DataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessageV4;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where in the file the chunks of a dataset lie. */
final class ChunkTable {
  private static final int MASK_BITS = 32;

  private final StoredChunks chunks;
  private final long[] counts;
  private final Map<Long, Place> places = new HashMap<>();

  /**
   * A chunk in the file.
   *
   * @param bytes as they lie there
   * @param skipped bits of filters that were not used for it
   */
  record Place(long address, int bytes, int skipped) {}

  private ChunkTable(StoredChunks chunks) {
    this.chunks = chunks;
    this.counts = new long[chunks.chunk().length];
    for (int axis = 0; axis < counts.length; axis++) {
      counts[axis] = Math.ceilDiv(chunks.shape().extent(axis), chunks.chunk()[axis]);
    }
  }

  /** A dataset of which nothing was written. */
  static ChunkTable empty(StoredChunks chunks) {
    return new ChunkTable(chunks);
  }

  /** Reads where the chunks are, and checks that they are in the file. */
  static ChunkTable read(GuardedStorage storage, DataLayoutMessage layout, StoredChunks chunks) {
    ChunkTable table = new ChunkTable(chunks);
    for (Chunk chunk : found(storage, layout, chunks)) {
      if (chunk.getAddress() != Constants.UNDEFINED_ADDRESS) {
        table.add(storage, chunk);
      }
    }
    return table;
  }

  private void add(GuardedStorage storage, Chunk chunk) {
    long number = 0;
    long[] offset = chunk.getChunkOffset();
    for (int axis = 0; axis < counts.length; axis++) {
      if (offset[axis] < 0 || offset[axis] % chunks.chunk()[axis] != 0) {
        throw storage.damaged(
            chunk.getAddress(),
            "a chunk stands at %s, which is no multiple of %s"
                .formatted(Arrays.toString(offset), Arrays.toString(chunks.chunk())));
      }
      long position = offset[axis] / chunks.chunk()[axis];
      if (position >= counts[axis]) {
        // What is left of a dataset that was made smaller.
        return;
      }
      number = number * counts[axis] + position;
    }
    storage.require(chunk.getAddress(), chunk.getSize());
    places.put(number, new Place(chunk.getAddress(), chunk.getSize(), mask(chunk)));
  }

  private static int mask(Chunk chunk) {
    int mask = 0;
    for (int bit = 0; bit < MASK_BITS; bit++) {
      mask |= chunk.getFilterMask().get(bit) ? 1 << bit : 0;
    }
    return mask;
  }

  private static Collection<Chunk> found(
      GuardedStorage storage, DataLayoutMessage layout, StoredChunks chunks) {
    if (layout instanceof ChunkedDataLayoutMessage tree) {
      return tree.getBTreeAddress() == Constants.UNDEFINED_ADDRESS
          ? List.of()
          : BTreeV1.createDataBTree(storage, tree.getBTreeAddress(), chunks.chunk().length)
              .getChunks();
    }
    ChunkedDataLayoutMessageV4 index = (ChunkedDataLayoutMessageV4) layout;
    long address = index.getAddress();
    if (address == Constants.UNDEFINED_ADDRESS) {
      return List.of();
    }
    int[] extents = Arrays.stream(chunks.chunk()).mapToInt(Math::toIntExact).toArray();
    DatasetInfo info =
        new DatasetInfo(Math.toIntExact(chunks.bytes()), chunks.shape().extents(), extents);
    return switch (index.getIndexingType()) {
      case ChunkedDataLayoutMessageV4.SINGLE_CHUNK_INDEX ->
          new SingleChunkIndex(index, info).getAllChunks();
      case ChunkedDataLayoutMessageV4.IMPLICIT_INDEX -> {
        storage.require(
            address, Math.multiplyExact(chunks.bytes(), Math.max(1, chunks.cuts().count())));
        yield new ImplicitChunkIndex(address, info).getAllChunks();
      }
      case ChunkedDataLayoutMessageV4.FIXED_ARRAY_INDEX -> {
        IndexLimits.requireFixedArray(storage, address);
        yield new FixedArrayIndex(storage, address, info).getAllChunks();
      }
      case ChunkedDataLayoutMessageV4.EXTENSIBLE_ARRAY_INDEX -> extensible(storage, address, info);
      default -> {
        IndexLimits.requireTree(storage, address);
        yield new BTreeIndex(storage, address, info).getAllChunks();
      }
    };
  }

  /** The index stops at the first chunk that was not written. */
  private static Collection<Chunk> extensible(
      GuardedStorage storage, long address, DatasetInfo info) {
    long count = IndexLimits.requireExtensibleArray(storage, address);
    Collection<Chunk> found = new ExtensibleArrayIndex(storage, address, info).getAllChunks();
    if (found.size() != count) {
      throw storage.damaged(
          address,
          "the list of chunks tells of %,d, of which %,d are found; lists with gaps are not supported"
              .formatted(count, found.size()));
    }
    return found;
  }

  /** Where the chunk at a place of the grid lies, or null where it was not written. */
  @Nullable Place find(long[] position) {
    long number = 0;
    for (int axis = 0; axis < counts.length; axis++) {
      number = number * counts[axis] + position[axis];
    }
    return places.get(number);
  }

  /** The chunks that there are. */
  Collection<Place> places() {
    return places.values();
  }
}
