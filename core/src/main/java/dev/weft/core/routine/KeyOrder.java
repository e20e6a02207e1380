package dev.weft.core.routine;

import java.util.Arrays;

/**
 * The order of keys: positions, those of equal keys in order of position.
 *
 * <p>Keys that fit in 32 bits are sorted with their positions in one long; others digit by digit,
 * from the last (radix sort).
 */
final class KeyOrder {
  private static final long LOW = 0xFFFF_FFFFL;
  private static final int FEW = 48;
  private static final int SHORT_DIGIT = 8;
  private static final int LONG_DIGIT = 11;
  private static final int MANY = 1 << 14;

  private long[] keys;
  private int[] order;
  private long[] otherKeys = new long[0];
  private int[] otherOrder = new int[0];
  private final RadixSort packed;

  /** Room for {@code n} keys. */
  KeyOrder(int n) {
    this.keys = new long[n];
    this.order = new int[n];
    this.packed = new RadixSort(n);
  }

  /** The keys, to be filled before {@link #sort}. */
  long[] keys() {
    return keys;
  }

  /** The position of the i-th key in order. */
  int position(int i) {
    return order[i];
  }

  /**
   * Orders the keys, which are in order afterwards if they are wide.
   *
   * @param narrow whether all fit in 32 bits
   */
  void sort(boolean narrow) {
    if (narrow) {
      packed();
      return;
    }
    Arrays.setAll(order, i -> i);
    if (keys.length <= FEW) {
      insert();
    } else {
      digits(keys.length < MANY ? SHORT_DIGIT : LONG_DIGIT);
    }
  }

  private void packed() {
    for (int i = 0; i < keys.length; i++) {
      keys[i] = keys[i] << Integer.SIZE | i;
    }
    packed.sort(keys, keys.length, Integer.SIZE);
    for (int i = 0; i < keys.length; i++) {
      order[i] = (int) (keys[i] & LOW);
    }
  }

  private void insert() {
    for (int i = 1; i < keys.length; i++) {
      long key = keys[i];
      int j = i;
      while (j > 0 && keys[j - 1] > key) {
        keys[j] = keys[j - 1];
        order[j] = order[j - 1];
        j--;
      }
      keys[j] = key;
      order[j] = i;
    }
  }

  private void digits(int bits) {
    if (otherKeys.length < keys.length) {
      otherKeys = new long[keys.length];
      otherOrder = new int[keys.length];
    }
    int mask = (1 << bits) - 1;
    int passes = Math.ceilDiv(Long.SIZE, bits);
    int[][] counts = new int[passes][mask + 1];
    for (long key : keys) {
      long unsigned = key ^ Long.MIN_VALUE;
      for (int pass = 0; pass < passes; pass++) {
        counts[pass][(int) (unsigned >>> pass * bits) & mask]++;
      }
    }
    for (int pass = 0; pass < passes; pass++) {
      int shift = pass * bits;
      int[] count = counts[pass];
      // A digit that all keys share changes nothing.
      if (count[(int) ((keys[0] ^ Long.MIN_VALUE) >>> shift) & mask] == keys.length) {
        continue;
      }
      int at = 0;
      for (int digit = 0; digit <= mask; digit++) {
        int next = at + count[digit];
        count[digit] = at;
        at = next;
      }
      for (int i = 0; i < keys.length; i++) {
        int place = count[(int) ((keys[i] ^ Long.MIN_VALUE) >>> shift) & mask]++;
        otherKeys[place] = keys[i];
        otherOrder[place] = order[i];
      }
      swap();
    }
  }

  private void swap() {
    long[] k = keys;
    keys = otherKeys;
    otherKeys = k;
    int[] o = order;
    order = otherOrder;
    otherOrder = o;
  }
}
