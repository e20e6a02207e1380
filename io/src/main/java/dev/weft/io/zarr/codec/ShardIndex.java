package dev.weft.io.zarr.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Where the chunks of a shard lie in it, in C order. */
public final class ShardIndex {
  /** Offset and size of a chunk that was left out. */
  static final long ABSENT = -1;

  private final long[] entries;

  private ShardIndex(long[] entries) {
    this.entries = entries;
  }

  /**
   * Reads an index.
   *
   * @param bytes all of its bytes
   * @param shardSize bytes of the shard, which no chunk reaches beyond
   */
  public static ShardIndex read(ShardCodec shard, MemorySegment bytes, long shardSize)
      throws CodecException {
    MemorySegment plain = shard.indexHasSum() ? new Crc32c().strip(bytes) : bytes;
    ValueLayout.OfLong word = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(shard.indexOrder());
    long[] entries = new long[(int) (plain.byteSize() / Long.BYTES)];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = plain.get(word, (long) i * Long.BYTES);
    }
    ShardIndex index = new ShardIndex(entries);
    for (int number = 0; number < index.count(); number++) {
      long offset = index.offset(number);
      long size = index.size(number);
      boolean lies = offset >= 0 && size >= 0 && offset <= shardSize - size;
      if (!index.isAbsent(number) && !lies) {
        throw new CodecException(
            "sharding_indexed: chunk %d of the shard has %s bytes at %s, but the shard has %,d bytes"
                .formatted(
                    number, Long.toUnsignedString(size), Long.toUnsignedString(offset), shardSize));
      }
    }
    return index;
  }

  /** Writes an index of an offset and a size for each chunk. */
  static void write(ShardCodec shard, long[] entries, MemorySegment target) {
    ValueLayout.OfLong word = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(shard.indexOrder());
    for (int i = 0; i < entries.length; i++) {
      target.set(word, (long) i * Long.BYTES, entries[i]);
    }
    if (shard.indexHasSum()) {
      new Crc32c().seal(target, (long) entries.length * Long.BYTES);
    }
  }

  /** How many chunks there are. */
  public int count() {
    return entries.length / 2;
  }

  /** Whether a chunk was left out. */
  public boolean isAbsent(int number) {
    return offset(number) == ABSENT && size(number) == ABSENT;
  }

  /** Where a chunk begins. */
  public long offset(int number) {
    return entries[2 * number];
  }

  /** Bytes of a chunk. */
  public long size(int number) {
    return entries[2 * number + 1];
  }
}
