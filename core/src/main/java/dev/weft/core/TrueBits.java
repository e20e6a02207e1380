package dev.weft.core;

import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Which elements of a bool array are true: one bit for each, in C order. Filled chunk by chunk, by
 * several threads; a chunk may come twice.
 */
final class TrueBits {
  private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG;
  private static final VarHandle SHARED = WORD.varHandle();

  /** Words of a block, of which it is known how many true elements are before it. */
  private static final int BLOCK = 512;

  /** For eight bytes at once: the lowest bits, all others but the highest, and a product. */
  private static final long ONES = 0x0101010101010101L;

  private static final long LOW = 0x7f7f7f7f7f7f7f7fL;
  private static final long GATHER = 0x0102040810204080L;

  private final HostArray words;
  private final long[] strides;
  private final int rank;
  private long[] before = new long[1];

  /**
   * All elements false.
   *
   * @param words {@link #words(Shape)} zeros
   */
  TrueBits(HostArray words, Shape shape) {
    this.words = words;
    this.strides = shape.strides();
    this.rank = shape.rank();
  }

  /** How many words an array takes. */
  static long words(Shape shape) {
    return (shape.size() + 63) >>> 6;
  }

  /** Takes in a chunk, dense, one byte for each element. */
  void put(Region region, MemorySegment chunk) {
    if (region.size() == 0) {
      return;
    }
    long row = rank == 0 ? 1 : region.extents()[rank - 1];
    long[] index = region.start().clone();
    for (long at = 0; at < region.size(); at += row) {
      long position = 0;
      for (int axis = 0; axis < rank; axis++) {
        position += index[axis] * strides[axis];
      }
      putRow(position, chunk, at, row);
      int axis = rank - 2;
      while (axis >= 0 && ++index[axis] == region.start()[axis] + region.extents()[axis]) {
        index[axis] = region.start()[axis];
        axis--;
      }
    }
  }

  private void putRow(long position, MemorySegment chunk, long from, long length) {
    long done = 0;
    while (done < length) {
      long at = position + done;
      int bit = (int) (at & 63);
      int count = (int) Math.min(64 - bit, length - done);
      long word = pack(chunk, from + done, count) << bit;
      if (count == 64) {
        words.segment().setAtIndex(WORD, at >>> 6, word);
      } else if (word != 0) {
        // Another chunk may own the rest of the word.
        long ignored = (long) SHARED.getAndBitwiseOr(words.segment(), (at >>> 6) << 3, word);
      }
      done += count;
    }
  }

  private static long pack(MemorySegment chunk, long from, int count) {
    long word = 0;
    int i = 0;
    for (; i + 8 <= count; i += 8) {
      long eight = chunk.get(ValueLayout.JAVA_LONG_UNALIGNED, from + i);
      // 1 in each byte that is not 0, then byte k to bit 56 + k.
      long ones = (((eight & LOW) + LOW | eight) >>> 7) & ONES;
      word |= (ones * GATHER >>> 56) << i;
    }
    for (; i < count; i++) {
      word |= (chunk.get(ValueLayout.JAVA_BYTE, from + i) != 0 ? 1L : 0L) << i;
    }
    return word;
  }

  /** Counts what is true, once everything has been put in. */
  long count() {
    long all = words.size();
    before = new long[Math.toIntExact((all + BLOCK - 1) / BLOCK) + 1];
    MemorySegment segment = words.segment();
    long count = 0;
    for (long i = 0; i < all; i++) {
      if (i % BLOCK == 0) {
        before[(int) (i / BLOCK)] = count;
      }
      count += Long.bitCount(segment.getAtIndex(WORD, i));
    }
    before[before.length - 1] = count;
    return count;
  }

  /** Writes the positions of {@code length} true elements, from the one with this number on. */
  void positions(long first, long length, MemorySegment target) {
    int block = Arrays.binarySearch(before, first);
    if (block < 0) {
      block = -block - 2;
    } else {
      // Blocks without any begin with the same number.
      while (block + 1 < before.length && before[block + 1] == first) {
        block++;
      }
    }
    MemorySegment segment = words.segment();
    long skip = first - before[block];
    long index = (long) block * BLOCK;
    long done = 0;
    while (done < length) {
      long word = segment.getAtIndex(WORD, index);
      int ones = Long.bitCount(word);
      if (skip >= ones) {
        skip -= ones;
      } else {
        for (; skip > 0; skip--) {
          word &= word - 1;
        }
        for (; word != 0 && done < length; word &= word - 1) {
          long position = (index << 6) + Long.numberOfTrailingZeros(word);
          target.setAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, done++, position);
        }
      }
      index++;
    }
  }

  /** Gives the memory back. */
  void close() {
    words.close();
  }
}
