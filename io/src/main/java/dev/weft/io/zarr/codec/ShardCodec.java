package dev.weft.io.zarr.codec;

import dev.weft.core.device.StridedCopy;
import dev.weft.core.device.StridedCopy.Side;
import dev.weft.io.codec.Scratch;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/**
 * A box of chunks in one value of a store, with an index that says where each lies.
 *
 * @param chunk how its chunks are encoded
 * @param counts chunks along each axis
 * @param indexOrder byte order of the index
 * @param indexHasSum whether a checksum follows the index
 * @param indexIsLast whether the index stands at the end
 * @param fill the bytes of an element of a chunk that is not there
 */
public record ShardCodec(
    ChunkCodec chunk,
    long[] counts,
    ByteOrder indexOrder,
    boolean indexHasSum,
    boolean indexIsLast,
    byte[] fill) {
  private static final int ENTRY = 2 * Long.BYTES;

  /** How many chunks there are. */
  public long count() {
    long count = 1;
    for (long along : counts) {
      count = Math.multiplyExact(count, along);
    }
    return count;
  }

  /** Bytes of the index. */
  public long indexSize() {
    return Math.multiplyExact(count(), ENTRY) + (indexHasSum ? Integer.BYTES : 0);
  }

  /** Where the index begins in a shard of so many bytes. */
  public long indexStart(long size) {
    return indexIsLast ? size - indexSize() : 0;
  }

  /** Most bytes that a shard without gaps takes. */
  public long bound() {
    return Math.addExact(Math.multiplyExact(count(), chunk.bound()), indexSize());
  }

  /**
   * Refuses a shard that is too short for its index, before memory is taken for that.
   *
   * @param size bytes of the shard
   */
  public void requireRoom(long size) throws CodecException {
    if (size < indexSize()) {
      throw CodecException.size(
          "sharding_indexed",
          indexSize(),
          "the shard, which begins or ends with them, has %,d".formatted(size));
    }
  }

  /**
   * Encodes a whole shard; chunks of zeros are left out.
   *
   * @param elements all of them, dense and in C order
   */
  MemorySegment encode(MemorySegment elements, Scratch.Use scratch) {
    int itemSize = chunk.dtype().itemSize();
    long[] inner = chunk.shape();
    long[] strides = StridedCopy.dense(extents(), itemSize);
    MemorySegment shard = scratch.take(bound());
    MemorySegment one = scratch.take(chunk.size());
    long[] index = new long[Math.toIntExact(2 * count())];
    long at = indexIsLast ? 0 : indexSize();
    for (int number = 0; number < count(); number++) {
      StridedCopy.copy(
          inner,
          itemSize,
          new Side(elements, start(number, strides), strides),
          new Side(one, 0, StridedCopy.dense(inner, itemSize)));
      int mark = scratch.mark();
      boolean isAbsent = ZeroBytes.are(one);
      MemorySegment encoded = isAbsent ? MemorySegment.NULL : chunk.encode(one, scratch);
      MemorySegment.copy(encoded, 0, shard, at, encoded.byteSize());
      index[2 * number] = isAbsent ? ShardIndex.ABSENT : at;
      index[2 * number + 1] = isAbsent ? ShardIndex.ABSENT : encoded.byteSize();
      at += encoded.byteSize();
      scratch.rewind(mark);
    }
    long end = indexIsLast ? at + indexSize() : at;
    ShardIndex.write(this, index, shard.asSlice(indexStart(end), indexSize()));
    return shard.asSlice(0, end);
  }

  private long[] extents() {
    long[] extents = chunk.shape().clone();
    for (int axis = 0; axis < extents.length; axis++) {
      extents[axis] *= counts[axis];
    }
    return extents;
  }

  /** Decodes a whole shard; {@code target} takes its elements. */
  void decode(MemorySegment encoded, MemorySegment target, Scratch.Use scratch)
      throws CodecException {
    long size = encoded.byteSize();
    requireRoom(size);
    ShardIndex index = ShardIndex.read(this, encoded.asSlice(indexStart(size), indexSize()), size);
    int itemSize = chunk.dtype().itemSize();
    long[] inner = chunk.shape();
    long[] strides = StridedCopy.dense(extents(), itemSize);
    int mark = scratch.mark();
    MemorySegment elements = scratch.take(chunk.size());
    MemorySegment one = scratch.take(itemSize).copyFrom(MemorySegment.ofArray(fill));
    for (int number = 0; number < index.count(); number++) {
      Side from;
      if (index.isAbsent(number)) {
        from = new Side(one, 0, new long[inner.length]);
      } else {
        chunk.decode(encoded.asSlice(index.offset(number), index.size(number)), elements, scratch);
        from = new Side(elements, 0, StridedCopy.dense(inner, itemSize));
      }
      StridedCopy.copy(inner, itemSize, from, new Side(target, start(number, strides), strides));
    }
    scratch.rewind(mark);
  }

  private long start(int number, long[] strides) {
    long start = 0;
    long rest = number;
    for (int axis = counts.length - 1; axis >= 0; axis--) {
      start += rest % counts[axis] * chunk.shape()[axis] * strides[axis];
      rest /= counts[axis];
    }
    return start;
  }
}
