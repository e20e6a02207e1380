package dev.weft.io.codec;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The order of bytes that HDF5, Blosc and numcodecs call shuffled: first the first bytes of all
 * elements, then all second ones, and so on. Bytes behind the last whole element stay where they
 * are.
 */
public final class ByteShuffle {
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Elements that are put in order at a time. */
  private static final int BLOCK = 8;

  private ByteShuffle() {}

  /**
   * Shuffles bytes.
   *
   * @param to as many bytes, elsewhere
   * @param itemSize bytes of an element, 1 or more
   */
  public static void shuffle(MemorySegment from, MemorySegment to, int itemSize) {
    long count = from.byteSize() / itemSize;
    for (int part = 0; part < itemSize; part++) {
      for (long i = 0; i < count; i++) {
        to.set(JAVA_BYTE, part * count + i, from.get(JAVA_BYTE, i * itemSize + part));
      }
    }
    copyRest(from, to, count * itemSize);
  }

  /**
   * Puts shuffled bytes in their order.
   *
   * @param to as many bytes, elsewhere
   * @param itemSize bytes of an element, 1 or more
   */
  public static void unshuffle(MemorySegment from, MemorySegment to, int itemSize) {
    long count = from.byteSize() / itemSize;
    long done =
        switch (itemSize) {
          case Integer.BYTES -> ints(from, to, count);
          case Long.BYTES -> longs(from, to, count);
          default -> 0;
        };
    for (int part = 0; part < itemSize; part++) {
      for (long i = done; i < count; i++) {
        to.set(JAVA_BYTE, i * itemSize + part, from.get(JAVA_BYTE, part * count + i));
      }
    }
    copyRest(from, to, count * itemSize);
  }

  private static void copyRest(MemorySegment from, MemorySegment to, long done) {
    MemorySegment.copy(from, done, to, done, from.byteSize() - done);
  }

  /** Eight elements at a time: how many there were. */
  private static long ints(MemorySegment from, MemorySegment to, long count) {
    long end = count - count % BLOCK;
    for (long i = 0; i < end; i += BLOCK) {
      long a = from.get(LONG, i);
      long b = from.get(LONG, count + i);
      long c = from.get(LONG, 2 * count + i);
      long d = from.get(LONG, 3 * count + i);
      // Bytes of a and b in turns, and of c and d; then pairs of those.
      long low = spread(a) | spread(b) << 8;
      long lower = spread(c) | spread(d) << 8;
      long high = spread(a >>> 32) | spread(b >>> 32) << 8;
      long higher = spread(c >>> 32) | spread(d >>> 32) << 8;
      to.set(LONG, Integer.BYTES * i, pairs(low) | pairs(lower) << 16);
      to.set(LONG, Integer.BYTES * i + 8, pairs(low >>> 32) | pairs(lower >>> 32) << 16);
      to.set(LONG, Integer.BYTES * i + 16, pairs(high) | pairs(higher) << 16);
      to.set(LONG, Integer.BYTES * i + 24, pairs(high >>> 32) | pairs(higher >>> 32) << 16);
    }
    return end;
  }

  /** The lower four bytes, each in 16 bits. */
  private static long spread(long x) {
    long pairs = (x & 0xFFFFL) | (x & 0xFFFF0000L) << 16;
    return (pairs | pairs << 8) & 0x00FF00FF00FF00FFL;
  }

  /** The lower two pairs of bytes, each in 32 bits. */
  private static long pairs(long x) {
    return (x & 0xFFFFL) | (x & 0xFFFF0000L) << 16;
  }

  /**
   * Transposes 8 by 8 bytes at a time, as in Hacker's Delight, 7-3: how many elements there were.
   */
  private static long longs(MemorySegment from, MemorySegment to, long count) {
    long end = count - count % BLOCK;
    for (long i = 0; i < end; i += BLOCK) {
      long a = from.get(LONG, i);
      long b = from.get(LONG, count + i);
      long c = from.get(LONG, 2 * count + i);
      long d = from.get(LONG, 3 * count + i);
      long e = from.get(LONG, 4 * count + i);
      long f = from.get(LONG, 5 * count + i);
      long g = from.get(LONG, 6 * count + i);
      long h = from.get(LONG, 7 * count + i);
      long ae = even32(a, e);
      long bf = even32(b, f);
      long cg = even32(c, g);
      long dh = even32(d, h);
      long ea = odd32(a, e);
      long fb = odd32(b, f);
      long gc = odd32(c, g);
      long hd = odd32(d, h);
      long aceg = even16(ae, cg);
      long bdfh = even16(bf, dh);
      long cgae = odd16(ae, cg);
      long dhbf = odd16(bf, dh);
      long eagc = even16(ea, gc);
      long fbhd = even16(fb, hd);
      long gcea = odd16(ea, gc);
      long hdfb = odd16(fb, hd);
      long at = Long.BYTES * i;
      to.set(LONG, at, even8(aceg, bdfh));
      to.set(LONG, at + 8, odd8(aceg, bdfh));
      to.set(LONG, at + 16, even8(cgae, dhbf));
      to.set(LONG, at + 24, odd8(cgae, dhbf));
      to.set(LONG, at + 32, even8(eagc, fbhd));
      to.set(LONG, at + 40, odd8(eagc, fbhd));
      to.set(LONG, at + 48, even8(gcea, hdfb));
      to.set(LONG, at + 56, odd8(gcea, hdfb));
    }
    return end;
  }

  private static long even32(long x, long y) {
    return (x & 0xFFFFFFFFL) | y << 32;
  }

  private static long odd32(long x, long y) {
    return x >>> 32 | (y & 0xFFFFFFFF00000000L);
  }

  private static long even16(long x, long y) {
    return (x & 0x0000FFFF0000FFFFL) | (y & 0x0000FFFF0000FFFFL) << 16;
  }

  private static long odd16(long x, long y) {
    return (x >>> 16 & 0x0000FFFF0000FFFFL) | (y & 0xFFFF0000FFFF0000L);
  }

  private static long even8(long x, long y) {
    return (x & 0x00FF00FF00FF00FFL) | (y & 0x00FF00FF00FF00FFL) << 8;
  }

  private static long odd8(long x, long y) {
    return (x >>> 8 & 0x00FF00FF00FF00FFL) | (y & 0xFF00FF00FF00FF00L);
  }
}
