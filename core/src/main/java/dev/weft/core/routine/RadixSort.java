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
  private int[] otherPositions = new int[0];

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
    int passes = count(keys, n, lowest);
    long[] from = keys;
    long[] to = other;
    for (int pass = 0; pass < passes; pass++) {
      int shift = lowest + pass * bits;
      int[] places = counts[pass];
      if (isShared(places, from[0], shift, n)) {
        continue;
      }
      begin(places);
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

  /** Sorts keys and, with each, its position; equal keys stay in the order that they have. */
  void sort(long[] keys, int[] positions, int n) {
    if (otherPositions.length < n) {
      otherPositions = new int[n];
    }
    int passes = count(keys, n, 0);
    long[] from = keys;
    long[] to = other;
    int[] fromPositions = positions;
    int[] toPositions = otherPositions;
    for (int pass = 0; pass < passes; pass++) {
      int shift = pass * bits;
      int[] places = counts[pass];
      if (isShared(places, from[0], shift, n)) {
        continue;
      }
      begin(places);
      for (int i = 0; i < n; i++) {
        int place = places[digit(from[i], shift)]++;
        to[place] = from[i];
        toPositions[place] = fromPositions[i];
      }
      long[] swapped = from;
      from = to;
      to = swapped;
      int[] swappedPositions = fromPositions;
      fromPositions = toPositions;
      toPositions = swappedPositions;
    }
    if (from != keys) {
      System.arraycopy(from, 0, keys, 0, n);
      System.arraycopy(fromPositions, 0, positions, 0, n);
    }
  }

  /** Counts all digits above {@code lowest}, and says how many there are. */
  private int count(long[] keys, int n, int lowest) {
    if (other.length < n) {
      other = new long[n];
    }
    int passes = Math.ceilDiv(Long.SIZE - lowest, bits);
    for (int pass = 0; pass < passes; pass++) {
      int[] count = counts[pass];
      Arrays.fill(count, 0);
      int shift = lowest + pass * bits;
      for (int i = 0; i < n; i++) {
        count[digit(keys[i], shift)]++;
      }
    }
    return passes;
  }

  /** Whether all keys have the digit of this one. */
  private boolean isShared(int[] counts, long key, int shift, int n) {
    return counts[digit(key, shift)] == n;
  }

  /** From how many keys have a digit to where the first of them goes. */
  private static void begin(int[] counts) {
    int at = 0;
    for (int digit = 0; digit < counts.length; digit++) {
      int next = at + counts[digit];
      counts[digit] = at;
      at = next;
    }
  }

  /** The digit of a key whose sign is turned, so that negative keys come first. */
  private int digit(long key, int shift) {
    return (int) ((key ^ Long.MIN_VALUE) >>> shift) & mask;
  }
}
