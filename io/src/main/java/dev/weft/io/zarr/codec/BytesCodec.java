package dev.weft.io.zarr.codec;

import java.lang.foreign.MemorySegment;

/** Turns bytes into other bytes, such as fewer ones. */
public sealed interface BytesCodec {
  /** The name in metadata, such as {@code zstd}. */
  String name();

  /** What people call it, with what matters of its settings. */
  default String label() {
    return name();
  }

  /** Most bytes that it makes from so many. */
  long bound(long decoded);

  /** Whether it always makes {@link #bound} bytes. */
  default boolean isFixed() {
    return false;
  }

  /** Adds bytes to others, which stay as they are. */
  sealed interface Frame extends BytesCodec permits Crc32c {
    /** The bytes within. */
    MemorySegment strip(MemorySegment encoded) throws CodecException;

    /** Completes {@code target}, which begins with {@code decoded} bytes. */
    void seal(MemorySegment target, long decoded);

    @Override
    default boolean isFixed() {
      return true;
    }
  }

  /** Makes new bytes. */
  sealed interface Transform extends BytesCodec permits Zstd, Deflate, BloscCodec, Shuffle {
    /** Most bytes that come of one encoded byte, when there are many. */
    int ratio();

    /**
     * Decodes.
     *
     * @param encoded all bytes, native memory
     * @param target room for the most bytes that there may be, native memory
     * @return how many there are
     */
    long decode(MemorySegment encoded, MemorySegment target) throws CodecException;

    /**
     * Encodes.
     *
     * @param target room for {@link #bound} bytes, native memory
     * @return how many there are
     */
    long encode(MemorySegment decoded, MemorySegment target);
  }
}
