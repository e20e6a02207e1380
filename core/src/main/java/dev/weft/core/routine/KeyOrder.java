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

  private final long[] keys;
  private final int[] order;
  private final RadixSort radix;

  /** Room for {@code n} keys. */
  KeyOrder(int n) {
    this.keys = new long[n];
    this.order = new int[n];
    this.radix = new RadixSort(n);
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
      radix.sort(keys, order, keys.length);
    }
  }

  private void packed() {
    for (int i = 0; i < keys.length; i++) {
      keys[i] = keys[i] << Integer.SIZE | i;
    }
    radix.sort(keys, keys.length, Integer.SIZE);
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
}
