package dev.weft.cpu.copy;

import dev.weft.cpu.memory.Memory;
import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Squares of 8 × 8 elements, transposed in registers: of rows 4, then 2, then 1 apart, the lower
 * one gives its upper parts for the upper one's lower parts.
 *
 * <p>For machines with vectors of 512 bits, whose one instruction picks lanes from two registers.
 */
final class VectorSquare {
  private static final ByteOrder O = Memory.ORDER;
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_512;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_128;
  private static final LongVector LONG_LOW4 = LongVector.fromArray(LONGS, longs(4, 0), 0);
  private static final LongVector LONG_HIGH4 = LongVector.fromArray(LONGS, longs(4, 4), 0);
  private static final LongVector LONG_LOW2 = LongVector.fromArray(LONGS, longs(2, 0), 0);
  private static final LongVector LONG_HIGH2 = LongVector.fromArray(LONGS, longs(2, 2), 0);
  private static final LongVector LONG_LOW1 = LongVector.fromArray(LONGS, longs(1, 0), 0);
  private static final LongVector LONG_HIGH1 = LongVector.fromArray(LONGS, longs(1, 1), 0);
  private static final IntVector INT_LOW4 = IntVector.fromArray(INTS, ints(4, 0), 0);
  private static final IntVector INT_HIGH4 = IntVector.fromArray(INTS, ints(4, 4), 0);
  private static final IntVector INT_LOW2 = IntVector.fromArray(INTS, ints(2, 0), 0);
  private static final IntVector INT_HIGH2 = IntVector.fromArray(INTS, ints(2, 2), 0);
  private static final IntVector INT_LOW1 = IntVector.fromArray(INTS, ints(1, 0), 0);
  private static final IntVector INT_HIGH1 = IntVector.fromArray(INTS, ints(1, 1), 0);
  private static final ShortVector SHORT_LOW4 = ShortVector.fromArray(SHORTS, shorts(4, 0), 0);
  private static final ShortVector SHORT_HIGH4 = ShortVector.fromArray(SHORTS, shorts(4, 4), 0);
  private static final ShortVector SHORT_LOW2 = ShortVector.fromArray(SHORTS, shorts(2, 0), 0);
  private static final ShortVector SHORT_HIGH2 = ShortVector.fromArray(SHORTS, shorts(2, 2), 0);
  private static final ShortVector SHORT_LOW1 = ShortVector.fromArray(SHORTS, shorts(1, 0), 0);
  private static final ShortVector SHORT_HIGH1 = ShortVector.fromArray(SHORTS, shorts(1, 1), 0);

  private VectorSquare() {}

  /** Whether squares of elements of a length are better transposed here. */
  static boolean suits(int bytes) {
    return bytes > 1 && LongVector.SPECIES_PREFERRED.vectorBitSize() >= 512;
  }

  /**
   * Lanes of the row that results from two rows, by their place in the first and then the second.
   */
  private static long[] longs(int distance, int half) {
    long[] lane = new long[8];
    for (int i = 0; i < 8; i++) {
      lane[i] = (i & distance) == 0 ? i + half : 8 + (i - distance) + half;
    }
    return lane;
  }

  private static int[] ints(int distance, int half) {
    int[] lane = new int[8];
    for (int i = 0; i < 8; i++) {
      lane[i] = (int) longs(distance, half)[i];
    }
    return lane;
  }

  private static short[] shorts(int distance, int half) {
    short[] lane = new short[8];
    for (int i = 0; i < 8; i++) {
      lane[i] = (short) longs(distance, half)[i];
    }
    return lane;
  }

  /** As {@link TransposedSquare#copy}. */
  static void copy(int bytes, long from, long fromColumn, long to, long toRow) {
    switch (bytes) {
      case 8 -> vector8(from, fromColumn, to, toRow);
      case 4 -> vector4(from, fromColumn, to, toRow);
      default -> vector2(from, fromColumn, to, toRow);
    }
  }

  private static void vector8(long from, long s, long to, long r) {
    LongVector a0 = LongVector.fromMemorySegment(LONGS, Memory.ALL, from, O);
    LongVector a1 = LongVector.fromMemorySegment(LONGS, Memory.ALL, from + s, O);
    LongVector a2 = LongVector.fromMemorySegment(LONGS, Memory.ALL, from + 2 * s, O);
    LongVector a3 = LongVector.fromMemorySegment(LONGS, Memory.ALL, from + 3 * s, O);
    LongVector a4 = LongVector.fromMemorySegment(LONGS, Memory.ALL, from + 4 * s, O);
    LongVector a5 = LongVector.fromMemorySegment(LONGS, Memory.ALL, from + 5 * s, O);
    LongVector a6 = LongVector.fromMemorySegment(LONGS, Memory.ALL, from + 6 * s, O);
    LongVector a7 = LongVector.fromMemorySegment(LONGS, Memory.ALL, from + 7 * s, O);
    LongVector b0 = LONG_LOW4.selectFrom(a0, a4);
    LongVector b4 = LONG_HIGH4.selectFrom(a0, a4);
    LongVector b1 = LONG_LOW4.selectFrom(a1, a5);
    LongVector b5 = LONG_HIGH4.selectFrom(a1, a5);
    LongVector b2 = LONG_LOW4.selectFrom(a2, a6);
    LongVector b6 = LONG_HIGH4.selectFrom(a2, a6);
    LongVector b3 = LONG_LOW4.selectFrom(a3, a7);
    LongVector b7 = LONG_HIGH4.selectFrom(a3, a7);
    LongVector c0 = LONG_LOW2.selectFrom(b0, b2);
    LongVector c2 = LONG_HIGH2.selectFrom(b0, b2);
    LongVector c1 = LONG_LOW2.selectFrom(b1, b3);
    LongVector c3 = LONG_HIGH2.selectFrom(b1, b3);
    LongVector c4 = LONG_LOW2.selectFrom(b4, b6);
    LongVector c6 = LONG_HIGH2.selectFrom(b4, b6);
    LongVector c5 = LONG_LOW2.selectFrom(b5, b7);
    LongVector c7 = LONG_HIGH2.selectFrom(b5, b7);
    LongVector d0 = LONG_LOW1.selectFrom(c0, c1);
    LongVector d1 = LONG_HIGH1.selectFrom(c0, c1);
    LongVector d2 = LONG_LOW1.selectFrom(c2, c3);
    LongVector d3 = LONG_HIGH1.selectFrom(c2, c3);
    LongVector d4 = LONG_LOW1.selectFrom(c4, c5);
    LongVector d5 = LONG_HIGH1.selectFrom(c4, c5);
    LongVector d6 = LONG_LOW1.selectFrom(c6, c7);
    LongVector d7 = LONG_HIGH1.selectFrom(c6, c7);
    d0.intoMemorySegment(Memory.ALL, to, O);
    d1.intoMemorySegment(Memory.ALL, to + r, O);
    d2.intoMemorySegment(Memory.ALL, to + 2 * r, O);
    d3.intoMemorySegment(Memory.ALL, to + 3 * r, O);
    d4.intoMemorySegment(Memory.ALL, to + 4 * r, O);
    d5.intoMemorySegment(Memory.ALL, to + 5 * r, O);
    d6.intoMemorySegment(Memory.ALL, to + 6 * r, O);
    d7.intoMemorySegment(Memory.ALL, to + 7 * r, O);
  }

  private static void vector4(long from, long s, long to, long r) {
    IntVector a0 = IntVector.fromMemorySegment(INTS, Memory.ALL, from, O);
    IntVector a1 = IntVector.fromMemorySegment(INTS, Memory.ALL, from + s, O);
    IntVector a2 = IntVector.fromMemorySegment(INTS, Memory.ALL, from + 2 * s, O);
    IntVector a3 = IntVector.fromMemorySegment(INTS, Memory.ALL, from + 3 * s, O);
    IntVector a4 = IntVector.fromMemorySegment(INTS, Memory.ALL, from + 4 * s, O);
    IntVector a5 = IntVector.fromMemorySegment(INTS, Memory.ALL, from + 5 * s, O);
    IntVector a6 = IntVector.fromMemorySegment(INTS, Memory.ALL, from + 6 * s, O);
    IntVector a7 = IntVector.fromMemorySegment(INTS, Memory.ALL, from + 7 * s, O);
    IntVector b0 = INT_LOW4.selectFrom(a0, a4);
    IntVector b4 = INT_HIGH4.selectFrom(a0, a4);
    IntVector b1 = INT_LOW4.selectFrom(a1, a5);
    IntVector b5 = INT_HIGH4.selectFrom(a1, a5);
    IntVector b2 = INT_LOW4.selectFrom(a2, a6);
    IntVector b6 = INT_HIGH4.selectFrom(a2, a6);
    IntVector b3 = INT_LOW4.selectFrom(a3, a7);
    IntVector b7 = INT_HIGH4.selectFrom(a3, a7);
    IntVector c0 = INT_LOW2.selectFrom(b0, b2);
    IntVector c2 = INT_HIGH2.selectFrom(b0, b2);
    IntVector c1 = INT_LOW2.selectFrom(b1, b3);
    IntVector c3 = INT_HIGH2.selectFrom(b1, b3);
    IntVector c4 = INT_LOW2.selectFrom(b4, b6);
    IntVector c6 = INT_HIGH2.selectFrom(b4, b6);
    IntVector c5 = INT_LOW2.selectFrom(b5, b7);
    IntVector c7 = INT_HIGH2.selectFrom(b5, b7);
    IntVector d0 = INT_LOW1.selectFrom(c0, c1);
    IntVector d1 = INT_HIGH1.selectFrom(c0, c1);
    IntVector d2 = INT_LOW1.selectFrom(c2, c3);
    IntVector d3 = INT_HIGH1.selectFrom(c2, c3);
    IntVector d4 = INT_LOW1.selectFrom(c4, c5);
    IntVector d5 = INT_HIGH1.selectFrom(c4, c5);
    IntVector d6 = INT_LOW1.selectFrom(c6, c7);
    IntVector d7 = INT_HIGH1.selectFrom(c6, c7);
    d0.intoMemorySegment(Memory.ALL, to, O);
    d1.intoMemorySegment(Memory.ALL, to + r, O);
    d2.intoMemorySegment(Memory.ALL, to + 2 * r, O);
    d3.intoMemorySegment(Memory.ALL, to + 3 * r, O);
    d4.intoMemorySegment(Memory.ALL, to + 4 * r, O);
    d5.intoMemorySegment(Memory.ALL, to + 5 * r, O);
    d6.intoMemorySegment(Memory.ALL, to + 6 * r, O);
    d7.intoMemorySegment(Memory.ALL, to + 7 * r, O);
  }

  private static void vector2(long from, long s, long to, long r) {
    ShortVector a0 = ShortVector.fromMemorySegment(SHORTS, Memory.ALL, from, O);
    ShortVector a1 = ShortVector.fromMemorySegment(SHORTS, Memory.ALL, from + s, O);
    ShortVector a2 = ShortVector.fromMemorySegment(SHORTS, Memory.ALL, from + 2 * s, O);
    ShortVector a3 = ShortVector.fromMemorySegment(SHORTS, Memory.ALL, from + 3 * s, O);
    ShortVector a4 = ShortVector.fromMemorySegment(SHORTS, Memory.ALL, from + 4 * s, O);
    ShortVector a5 = ShortVector.fromMemorySegment(SHORTS, Memory.ALL, from + 5 * s, O);
    ShortVector a6 = ShortVector.fromMemorySegment(SHORTS, Memory.ALL, from + 6 * s, O);
    ShortVector a7 = ShortVector.fromMemorySegment(SHORTS, Memory.ALL, from + 7 * s, O);
    ShortVector b0 = SHORT_LOW4.selectFrom(a0, a4);
    ShortVector b4 = SHORT_HIGH4.selectFrom(a0, a4);
    ShortVector b1 = SHORT_LOW4.selectFrom(a1, a5);
    ShortVector b5 = SHORT_HIGH4.selectFrom(a1, a5);
    ShortVector b2 = SHORT_LOW4.selectFrom(a2, a6);
    ShortVector b6 = SHORT_HIGH4.selectFrom(a2, a6);
    ShortVector b3 = SHORT_LOW4.selectFrom(a3, a7);
    ShortVector b7 = SHORT_HIGH4.selectFrom(a3, a7);
    ShortVector c0 = SHORT_LOW2.selectFrom(b0, b2);
    ShortVector c2 = SHORT_HIGH2.selectFrom(b0, b2);
    ShortVector c1 = SHORT_LOW2.selectFrom(b1, b3);
    ShortVector c3 = SHORT_HIGH2.selectFrom(b1, b3);
    ShortVector c4 = SHORT_LOW2.selectFrom(b4, b6);
    ShortVector c6 = SHORT_HIGH2.selectFrom(b4, b6);
    ShortVector c5 = SHORT_LOW2.selectFrom(b5, b7);
    ShortVector c7 = SHORT_HIGH2.selectFrom(b5, b7);
    ShortVector d0 = SHORT_LOW1.selectFrom(c0, c1);
    ShortVector d1 = SHORT_HIGH1.selectFrom(c0, c1);
    ShortVector d2 = SHORT_LOW1.selectFrom(c2, c3);
    ShortVector d3 = SHORT_HIGH1.selectFrom(c2, c3);
    ShortVector d4 = SHORT_LOW1.selectFrom(c4, c5);
    ShortVector d5 = SHORT_HIGH1.selectFrom(c4, c5);
    ShortVector d6 = SHORT_LOW1.selectFrom(c6, c7);
    ShortVector d7 = SHORT_HIGH1.selectFrom(c6, c7);
    d0.intoMemorySegment(Memory.ALL, to, O);
    d1.intoMemorySegment(Memory.ALL, to + r, O);
    d2.intoMemorySegment(Memory.ALL, to + 2 * r, O);
    d3.intoMemorySegment(Memory.ALL, to + 3 * r, O);
    d4.intoMemorySegment(Memory.ALL, to + 4 * r, O);
    d5.intoMemorySegment(Memory.ALL, to + 5 * r, O);
    d6.intoMemorySegment(Memory.ALL, to + 6 * r, O);
    d7.intoMemorySegment(Memory.ALL, to + 7 * r, O);
  }
}
