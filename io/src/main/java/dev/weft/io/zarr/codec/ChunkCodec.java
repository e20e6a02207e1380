package dev.weft.io.zarr.codec;

import dev.weft.core.device.StridedCopy;
import dev.weft.core.device.StridedCopy.Side;
import dev.weft.core.dtype.DType;
import dev.weft.io.binary.StoredType;
import dev.weft.io.codec.Scratch;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is done to the elements of a chunk, in the order of writing: axes change places,
 * elements become bytes or a shard, and bytes become other bytes.
 *
 * @param dtype element type
 * @param shape extents of the chunk, as in the array
 * @param axes which axis of the array each stored axis is
 * @param order of the bytes of a number
 * @param shard what stands in place of plain elements, if anything
 * @param bytes what is done to the bytes
 */
public record ChunkCodec(
    DType dtype,
    long[] shape,
    int[] axes,
    ByteOrder order,
    @Nullable ShardCodec shard,
    List<BytesCodec> bytes) {
  /** Compressed bytes may hold so many more than their number times the ratio. */
  private static final long SLACK = 1 << 17;

  /** Bytes of the elements. */
  public long size() {
    long size = dtype.itemSize();
    for (long extent : shape) {
      size = Math.multiplyExact(size, extent);
    }
    return size;
  }

  /** The shard that may be read in parts, since the encoded bytes are nothing but the shard. */
  public @Nullable ShardCodec readableShard() {
    return bytes.isEmpty() && isInOrder() ? shard : null;
  }

  private boolean isInOrder() {
    for (int i = 0; i < axes.length; i++) {
      if (axes[i] != i) {
        return false;
      }
    }
    return true;
  }

  /** Whether encoded bytes are the elements in native order. */
  public boolean isPlain() {
    return bytes.isEmpty() && shard == null && isInOrder() && stored().isNative();
  }

  private StoredType stored() {
    return new StoredType(dtype, order);
  }

  /** Extents as they are stored. */
  public long[] storedShape() {
    return storedShape(shape, axes);
  }

  /** Extents after axes have changed places. */
  public static long[] storedShape(long[] shape, int[] axes) {
    long[] stored = new long[axes.length];
    for (int i = 0; i < axes.length; i++) {
      stored[i] = shape[axes[i]];
    }
    return stored;
  }

  /** Most bytes that it makes. */
  public long bound() {
    long most = shard == null ? size() : shard.bound();
    for (BytesCodec codec : bytes) {
      most = codec.bound(most);
    }
    return most;
  }

  /**
   * Decodes a chunk.
   *
   * @param encoded native memory
   * @param target native memory of {@link #size} bytes: the elements, dense, in C order and native
   *     byte order
   */
  public void decode(MemorySegment encoded, MemorySegment target, Scratch.Use scratch)
      throws CodecException {
    int mark = scratch.mark();
    boolean moves = !isInOrder();
    MemorySegment stored = moves ? scratch.take(target.byteSize()) : target;
    if (shard == null) {
      unwrap(encoded, stored, scratch);
      stored().makeNative(stored);
    } else {
      shard.decode(unwrap(encoded, null, scratch), stored, scratch);
    }
    if (moves) {
      StridedCopy.copy(
          shape, dtype.itemSize(), new Side(stored, 0, storedStrides()), inOrder(target));
    }
    scratch.rewind(mark);
  }

  /** Undoes what was done to bytes; {@code last} takes the result where its size is known. */
  private MemorySegment unwrap(
      MemorySegment encoded, @Nullable MemorySegment last, Scratch.Use scratch)
      throws CodecException {
    long[] most = sizes();
    boolean[] exact = exactSizes(last != null);
    MemorySegment now = encoded;
    for (int i = bytes.size() - 1; i >= 0; i--) {
      now =
          switch (bytes.get(i)) {
            case BytesCodec.Frame frame -> frame.strip(now);
            case BytesCodec.Transform transform -> {
              MemorySegment room =
                  i == 0 && last != null ? last : room(transform, now, most[i], exact[i], scratch);
              requirePlausible(transform, now, most[i], exact[i]);
              yield room.asSlice(0, transform.decode(now, room));
            }
          };
      require(bytes.get(i).name(), now, most[i], exact[i]);
    }
    if (last == null) {
      return now;
    }
    require("bytes", now, last.byteSize(), true);
    if (now.address() != last.address()) {
      last.copyFrom(now);
    }
    return last;
  }

  private static MemorySegment room(
      BytesCodec.Transform codec,
      MemorySegment encoded,
      long most,
      boolean exact,
      Scratch.Use scratch)
      throws CodecException {
    requirePlausible(codec, encoded, most, exact);
    return scratch.take(exact ? most : Math.min(most, reach(codec, encoded)));
  }

  private static long reach(BytesCodec.Transform codec, MemorySegment encoded) {
    return encoded.byteSize() * codec.ratio() + SLACK;
  }

  /** So few bytes cannot hold so many: they are refused before room for those is taken. */
  private static void requirePlausible(
      BytesCodec.Transform codec, MemorySegment encoded, long most, boolean exact)
      throws CodecException {
    if (exact && most > reach(codec, encoded)) {
      throw CodecException.size(
          codec.name(), most, "%,d compressed ones cannot hold them".formatted(encoded.byteSize()));
    }
  }

  private static void require(String codec, MemorySegment decoded, long most, boolean exact)
      throws CodecException {
    if (exact && decoded.byteSize() != most) {
      throw CodecException.size(codec, most, "there are %,d".formatted(decoded.byteSize()));
    }
  }

  /** Most bytes before each codec. */
  private long[] sizes() {
    long[] most = new long[bytes.size()];
    long size = shard == null ? size() : shard.bound();
    for (int i = 0; i < most.length; i++) {
      most[i] = size;
      size = bytes.get(i).bound(size);
    }
    return most;
  }

  private boolean[] exactSizes(boolean first) {
    boolean[] exact = new boolean[bytes.size()];
    boolean all = first;
    for (int i = 0; i < exact.length; i++) {
      exact[i] = all;
      all &= bytes.get(i).isFixed();
    }
    return exact;
  }

  /**
   * Encodes a chunk or a shard.
   *
   * @param elements native memory of {@link #size} bytes, which stays as it is
   * @return memory of {@code scratch}, or the elements themselves
   */
  public MemorySegment encode(MemorySegment elements, Scratch.Use scratch) {
    MemorySegment now = elements;
    if (!isInOrder()) {
      now = scratch.take(elements.byteSize());
      StridedCopy.copy(
          shape, dtype.itemSize(), inOrder(elements), new Side(now, 0, storedStrides()));
    }
    if (shard != null) {
      now = shard.encode(now, scratch);
    } else if (stored().isSwapped()) {
      if (now.address() == elements.address()) {
        now = scratch.take(elements.byteSize()).copyFrom(elements);
      }
      stored().makeNative(now);
    }
    for (BytesCodec codec : bytes) {
      MemorySegment room = scratch.take(codec.bound(now.byteSize()));
      now =
          switch (codec) {
            case BytesCodec.Transform transform -> room.asSlice(0, transform.encode(now, room));
            case BytesCodec.Frame frame -> {
              MemorySegment.copy(now, 0, room, 0, now.byteSize());
              frame.seal(room, now.byteSize());
              yield room;
            }
          };
    }
    return now;
  }

  private Side inOrder(MemorySegment memory) {
    return new Side(memory, 0, StridedCopy.dense(shape, dtype.itemSize()));
  }

  /** Strides of the array's axes in what is stored. */
  private long[] storedStrides() {
    long[] dense = StridedCopy.dense(storedShape(), dtype.itemSize());
    long[] strides = new long[axes.length];
    for (int i = 0; i < axes.length; i++) {
      strides[axes[i]] = dense[i];
    }
    return strides;
  }

  /** How it is written, in a few words; empty when elements lie as they are. */
  public String label() {
    List<String> words = new ArrayList<>();
    if (!isInOrder()) {
      words.add("transposed");
    }
    if (order == ByteOrder.BIG_ENDIAN && StoredType.numberSize(dtype) > 1 && shard == null) {
      words.add("big-endian");
    }
    if (shard != null) {
      words.add("shards");
      String inner = shard.chunk().label();
      if (!inner.isEmpty()) {
        words.add(inner);
      }
    }
    bytes.forEach(codec -> words.add(codec.label()));
    return String.join(", ", words);
  }
}
