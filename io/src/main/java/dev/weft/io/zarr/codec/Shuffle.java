package dev.weft.io.zarr.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * First the first bytes of all elements, then all second ones, and so on; what is left over at the
 * end stays there.
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
    return reorder(encoded, target, true);
  }

  @Override
  public long encode(MemorySegment decoded, MemorySegment target) {
    return reorder(decoded, target, false);
  }

  private long reorder(MemorySegment from, MemorySegment to, boolean isDecoding) {
    long size = from.byteSize();
    long count = size / itemSize;
    for (int part = 0; part < itemSize; part++) {
      long together = part * count;
      for (long i = 0; i < count; i++) {
        long apart = i * itemSize + part;
        byte value = from.get(ValueLayout.JAVA_BYTE, isDecoding ? together + i : apart);
        to.set(ValueLayout.JAVA_BYTE, isDecoding ? apart : together + i, value);
      }
    }
    long done = count * itemSize;
    MemorySegment.copy(from, done, to, done, size - done);
    return size;
  }
}
