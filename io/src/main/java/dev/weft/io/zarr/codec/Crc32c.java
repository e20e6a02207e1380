package dev.weft.io.zarr.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Four bytes behind the others, by which damage is noticed. */
public record Crc32c() implements BytesCodec.Frame {
  private static final ValueLayout.OfInt WORD =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Buffers have 2^31 - 1 bytes at most. */
  private static final long PART = 1L << 30;

  @Override
  public String name() {
    return "crc32c";
  }

  @Override
  public long bound(long decoded) {
    return decoded + Integer.BYTES;
  }

  @Override
  public MemorySegment strip(MemorySegment encoded) throws CodecException {
    long size = encoded.byteSize() - Integer.BYTES;
    if (size < 0) {
      throw new CodecException(
          "crc32c: 4 bytes of checksum are expected, but there are %d bytes in all"
              .formatted(encoded.byteSize()));
    }
    MemorySegment decoded = encoded.asSlice(0, size);
    int stored = encoded.get(WORD, size);
    int computed = sum(decoded);
    if (stored != computed) {
      throw new CodecException(
          "crc32c: the checksum of %,d bytes is 0x%08x, but 0x%08x is stored"
              .formatted(size, computed, stored));
    }
    return decoded;
  }

  @Override
  public void seal(MemorySegment target, long decoded) {
    target.set(WORD, decoded, sum(target.asSlice(0, decoded)));
  }

  /** The checksum of bytes. */
  public static int sum(MemorySegment bytes) {
    CRC32C sum = new CRC32C();
    for (long at = 0; at < bytes.byteSize(); at += PART) {
      sum.update(bytes.asSlice(at, Math.min(PART, bytes.byteSize() - at)).asByteBuffer());
    }
    return (int) sum.getValue();
  }
}
