package dev.weft.io.hdf5;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** The checksum that HDF5 puts behind the bytes of a chunk: two sums of 16-bit words. */
final class Fletcher32 {
  /** What a checksum takes. */
  static final int BYTES = 4;

  /** So many words are summed before the sums are folded, which then have 32 bits at most. */
  private static final int BLOCK = 360;

  private static final ValueLayout.OfShort WORD =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt SUM =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Fletcher32() {}

  /** Whether the last bytes are the checksum of those before, of either byte order. */
  static boolean matches(MemorySegment data) {
    long length = data.byteSize() - BYTES;
    if (length < 0) {
      return false;
    }
    int sum = sum(data, length);
    int stored = data.get(SUM, length);
    // HDF5 1.6.2 and before wrote the bytes of each half the other way round.
    int swapped = (sum & 0x00FF00FF) << 8 | (sum & 0xFF00FF00) >>> 8;
    return stored == sum || stored == swapped;
  }

  private static int sum(MemorySegment data, long length) {
    long first = 0;
    long second = 0;
    long at = 0;
    long words = length / 2;
    while (words > 0) {
      int block = (int) Math.min(words, BLOCK);
      words -= block;
      for (; block > 0; block--, at += 2) {
        first += data.get(WORD, at) & 0xFFFF;
        second += first;
      }
      first = fold(first);
      second = fold(second);
    }
    if (length % 2 == 1) {
      first += (data.get(ValueLayout.JAVA_BYTE, at) & 0xFF) << 8;
      second += first;
      first = fold(first);
      second = fold(second);
    }
    return (int) (fold(second) << 16 | fold(first));
  }

  private static long fold(long sum) {
    return (sum & 0xFFFF) + (sum >>> 16);
  }
}
