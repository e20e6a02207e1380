package dev.weft.io.zarr;

import dev.weft.io.FormatException;
import dev.weft.io.codec.Scratch;
import dev.weft.io.file.FileStamp;
import dev.weft.io.zarr.codec.ChunkCodec;
import dev.weft.io.zarr.codec.CodecException;
import dev.weft.io.zarr.codec.ShardCodec;
import dev.weft.io.zarr.codec.ShardIndex;
import dev.weft.io.zarr.metadata.ArrayMetadata;
import dev.weft.io.zarr.store.Store;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fetches chunks of an array from its store and decodes them. Where chunks lie in shards, those
 * alone are read, and the indices of a few shards are kept. Safe for many threads.
 */
final class ZarrChunks {
  private static final int INDICES = 64;

  /** Most index entries that are kept, 32 MiB. */
  private static final long MOST_ENTRIES = 1 << 21;

  /** What a value may be longer than the codecs would make it. */
  private static final long SLACK = 1 << 16;

  private final Store store;
  private final ArrayMetadata metadata;
  private final ChunkCodec outer;
  private final @Nullable ShardCodec shard;
  private final SeenFiles seen;
  private final long[] counts;
  private final Map<String, ShardIndex> indices = new LinkedHashMap<>(INDICES, 0.75f, true);

  /**
   * Nothing is read yet.
   *
   * @param looked the files of the metadata, as they were
   */
  ZarrChunks(Store store, ArrayMetadata metadata, Map<String, FileStamp> looked) {
    this.store = store;
    this.metadata = metadata;
    this.outer = metadata.requireElements().codec();
    this.shard = outer.readableShard();
    this.counts = new long[outer.shape().length];
    for (int axis = 0; axis < counts.length; axis++) {
      counts[axis] = Math.ceilDiv(metadata.shape().extent(axis), outer.shape()[axis]);
    }
    this.seen = new SeenFiles(store, looked, number -> metadata.keys().key(position(number)));
  }

  /** What has been read. */
  SeenFiles seen() {
    return seen;
  }

  /** The number of a file of chunks, in C order. */
  private long number(long[] position) {
    long number = 0;
    for (int axis = 0; axis < counts.length; axis++) {
      number = number * counts[axis] + position[axis];
    }
    return number;
  }

  private long[] position(long number) {
    long[] position = new long[counts.length];
    long rest = number;
    for (int axis = counts.length - 1; axis >= 0; axis--) {
      position[axis] = rest % counts[axis];
      rest /= counts[axis];
    }
    return position;
  }

  /** How a chunk is encoded: one in a shard where there are such. */
  ChunkCodec codec() {
    return shard == null ? outer : shard.chunk();
  }

  /**
   * Decodes the chunk at a place of the grid of chunks.
   *
   * @param target native memory for all of its elements
   * @return false when it was never written; {@code target} is as it was then
   */
  boolean read(long[] position, MemorySegment target, Scratch.Use scratch) throws IOException {
    long[] file = shard == null ? position : shardOf(position);
    String key = metadata.keys().key(file);
    try (Store.Value value = shard == null ? store.whole(key) : store.get(key)) {
      // What is kept of a shard's index holds for the file that it was read from.
      seen.read(number(file), value == null ? FileStamp.ABSENT : value.stamp());
      if (value == null) {
        return false;
      }
      try {
        return shard == null
            ? whole(value, target, scratch)
            : part(key, shard, value, numberInShard(position, shard), target, scratch);
      } catch (CodecException e) {
        throw new FormatException(
            store.place(key),
            -1,
            "the chunk is damaged: %s. Copy it, or write the array again"
                .formatted(e.getMessage()));
      }
    }
  }

  private boolean whole(Store.Value value, MemorySegment target, Scratch.Use scratch)
      throws IOException, CodecException {
    fetch(value, 0, value.size(), outer, target, scratch);
    return true;
  }

  private boolean part(
      String key,
      ShardCodec codec,
      Store.Value value,
      int number,
      MemorySegment target,
      Scratch.Use scratch)
      throws IOException, CodecException {
    ShardIndex index = index(key, codec, value, scratch);
    if (index.isAbsent(number)) {
      return false;
    }
    if (index.offset(number) > value.size() - index.size(number)) {
      throw new CodecException(
          "sharding_indexed: the shard was shortened to %,d bytes".formatted(value.size()));
    }
    fetch(value, index.offset(number), index.size(number), codec.chunk(), target, scratch);
    return true;
  }

  private static void fetch(
      Store.Value value,
      long offset,
      long size,
      ChunkCodec codec,
      MemorySegment target,
      Scratch.Use scratch)
      throws IOException, CodecException {
    if (codec.isPlain() && size == target.byteSize()) {
      value.read(offset, target);
      return;
    }
    long most = codec.bound();
    if (size > most + most / 2 + SLACK) {
      throw new CodecException(
          "%,d bytes are more than any chunk of this array takes, which is %,d"
              .formatted(size, most));
    }
    MemorySegment encoded = scratch.take(size);
    value.read(offset, encoded);
    codec.decode(encoded, target, scratch);
  }

  private long[] shardOf(long[] position) {
    long[] at = position.clone();
    if (shard != null) {
      for (int axis = 0; axis < at.length; axis++) {
        at[axis] /= shard.counts()[axis];
      }
    }
    return at;
  }

  private static int numberInShard(long[] position, ShardCodec shard) {
    long number = 0;
    for (int axis = 0; axis < position.length; axis++) {
      long along = shard.counts()[axis];
      number = number * along + position[axis] % along;
    }
    return (int) number;
  }

  private ShardIndex index(String key, ShardCodec codec, Store.Value value, Scratch.Use scratch)
      throws IOException, CodecException {
    synchronized (indices) {
      ShardIndex known = indices.get(key);
      if (known != null) {
        return known;
      }
    }
    codec.requireRoom(value.size());
    MemorySegment bytes = scratch.take(codec.indexSize());
    value.read(codec.indexStart(value.size()), bytes);
    ShardIndex index = ShardIndex.read(codec, bytes, value.size());
    synchronized (indices) {
      indices.put(key, index);
      long most = Math.max(1, Math.min(INDICES, MOST_ENTRIES / Math.max(1, index.count())));
      while (indices.size() > most) {
        indices.remove(indices.keySet().iterator().next());
      }
    }
    return index;
  }
}
