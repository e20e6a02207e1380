package dev.weft.io.zarr.codec;

import dev.weft.io.codec.ByteShuffle;
import java.lang.foreign.MemorySegment;

/**
 * The order of {@link ByteShuffle}.
 *
 * @param itemSize bytes of an element
 */
public record Shuffle(int itemSize) implements BytesCodec.Transform {
  @Override
  public String name() {
    return "shuffle";
  }

  @Override
  public long bound(long decoded) {
    return decoded;
  }

  @Override
  public boolean isFixed() {
    return true;
  }

  @Override
  public int ratio() {
    return 1;
  }

  @Override
  public long decode(MemorySegment encoded, MemorySegment target) {
    ByteShuffle.unshuffle(encoded, target, itemSize);
    return encoded.byteSize();
  }

  @Override
  public long encode(MemorySegment decoded, MemorySegment target) {
    ByteShuffle.shuffle(decoded, target, itemSize);
    return decoded.byteSize();
  }
}
