package dev.weft.table.group;

import java.util.Arrays;

/** Numbers for long values, from 0 in the order in which they are first seen. */
public final class LongIds {
  private static final int LEAST = 64;

  private long[] keys = new long[LEAST];
  private int[] ids = new int[LEAST];
  private int count;

  /** None yet. */
  public LongIds() {
    Arrays.fill(ids, -1);
  }

  /** How many different values there are. */
  public int count() {
    return count;
  }

  private static int mix(long key) {
    // Fibonacci hashing; the high bits are the good ones.
    long mixed = key * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32) ^ (int) (mixed >>> 16);
  }

  /** The number of a value, which is a new one where it has not been seen. */
  public int add(long key) {
    int mask = ids.length - 1;
    int at = mix(key) & mask;
    while (ids[at] >= 0) {
      if (keys[at] == key) {
        return ids[at];
      }
      at = at + 1 & mask;
    }
    keys[at] = key;
    ids[at] = count++;
    if (2 * count > ids.length) {
      grow();
    }
    return count - 1;
  }

  /** The number of a value, or -1. */
  public int find(long key) {
    int mask = ids.length - 1;
    int at = mix(key) & mask;
    while (ids[at] >= 0) {
      if (keys[at] == key) {
        return ids[at];
      }
      at = at + 1 & mask;
    }
    return -1;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldIds = ids;
    keys = new long[2 * oldKeys.length];
    ids = new int[2 * oldIds.length];
    Arrays.fill(ids, -1);
    int mask = ids.length - 1;
    for (int i = 0; i < oldIds.length; i++) {
      if (oldIds[i] >= 0) {
        int at = mix(oldKeys[i]) & mask;
        while (ids[at] >= 0) {
          at = at + 1 & mask;
        }
        keys[at] = oldKeys[i];
        ids[at] = oldIds[i];
      }
    }
  }
}
