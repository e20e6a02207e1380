package dev.weft.io.zarr.codec;

import java.lang.foreign.MemorySegment;

/**
 * Zstandard.
 *
 * @param level how hard it tries, from -7 to 22; 0 means 3
 * @param checksum whether it adds a checksum
 */
public record Zstd(int level, boolean checksum) implements BytesCodec.Transform {
  /** A block of 128 KiB that repeats one byte takes four bytes. */
  private static final int RATIO = 1 << 15;

  @Override
  public String name() {
    return "zstd";
  }

  @Override
  public long bound(long decoded) {
    return NativeCodec.ZSTD.call(() -> com.github.luben.zstd.Zstd.compressBound(decoded));
  }

  @Override
  public int ratio() {
    return RATIO;
  }

  @Override
  public long decode(MemorySegment encoded, MemorySegment target) throws CodecException {
    long count =
        NativeCodec.ZSTD.call(
            () ->
                com.github.luben.zstd.Zstd.decompressUnsafe(
                    target.address(), target.byteSize(), encoded.address(), encoded.byteSize()));
    if (com.github.luben.zstd.Zstd.isError(count)) {
      throw CodecException.size(
          name(),
          target.byteSize(),
          "%,d compressed ones cannot be decoded: %s"
              .formatted(encoded.byteSize(), com.github.luben.zstd.Zstd.getErrorName(count)));
    }
    return count;
  }

  @Override
  public long encode(MemorySegment decoded, MemorySegment target) {
    long count =
        NativeCodec.ZSTD.call(
            () ->
                com.github.luben.zstd.Zstd.compressUnsafe(
                    target.address(),
                    target.byteSize(),
                    decoded.address(),
                    decoded.byteSize(),
                    level,
                    checksum));
    if (com.github.luben.zstd.Zstd.isError(count)) {
      throw new IllegalStateException(
          "zstd failed: " + com.github.luben.zstd.Zstd.getErrorName(count));
    }
    return count;
  }
}
