package dev.weft.core.routine;

import java.util.Arrays;

/**
 * Sorts 64-bit keys digit by digit, from the last. Digits that all keys share are left out. For
 * keys of 32 bits the JDK's own sort, which works with vectors, is faster.
 */
final class RadixSort {
  private static final int FEW = 256;
  private static final int MANY = 1 << 11;
  private static final int SHORT_DIGIT = 8;
  private static final int LONG_DIGIT = 11;

  private final int bits;
  private final int mask;
  private final int[][] counts;
  private long[] other = new long[0];

  /** For up to {@code n} keys at a time. */
  RadixSort(int n) {
    this.bits = n < MANY ? SHORT_DIGIT : LONG_DIGIT;
    this.mask = (1 << bits) - 1;
    this.counts = new int[Math.ceilDiv(Long.SIZE, bits)][mask + 1];
  }

  void sort(long[] keys, int n) {
    sort(keys, n, 0);
  }

  /** Sorts keys whose bits below {@code lowest} are in order already where the others are equal. */
  void sort(long[] keys, int n, int lowest) {
    if (n <= FEW) {
      Arrays.sort(keys, 0, n);
      return;
    }
    if (other.length < n) {
      other = new long[n];
    }
    int passes = Math.ceilDiv(Long.SIZE - lowest, bits);
    count(keys, n, lowest, passes);
    long[] from = keys;
    long[] to = other;
    for (int pass = 0; pass < passes; pass++) {
      int shift = lowest + pass * bits;
      int[] places = counts[pass];
      if (places[digit(from[0], shift)] == n) {
        continue;
      }
      int at = 0;
      for (int digit = 0; digit <= mask; digit++) {
        int next = at + places[digit];
        places[digit] = at;
        at = next;
      }
      for (int i = 0; i < n; i++) {
        long key = from[i];
        to[places[digit(key, shift)]++] = key;
      }
      long[] swapped = from;
      from = to;
      to = swapped;
    }
    if (from != keys) {
      System.arraycopy(from, 0, keys, 0, n);
    }
  }

  private void count(long[] keys, int n, int lowest, int passes) {
    for (int[] count : counts) {
      Arrays.fill(count, 0);
    }
    for (int pass = 0; pass < passes; pass++) {
      int[] count = counts[pass];
      int shift = lowest + pass * bits;
      for (int i = 0; i < n; i++) {
        count[digit(keys[i], shift)]++;
      }
    }
  }

  /** The digit of a key whose sign is turned, so that negative keys come first. */
  private int digit(long key, int shift) {
    return (int) ((key ^ Long.MIN_VALUE) >>> shift) & mask;
  }
}
