package dev.weft.core.schedule;

import java.util.Arrays;

/** A double-ended queue of longs; millions of tasks pass through it without becoming objects. */
final class LongDeque {
  private long[] ring = new long[64];
  private int first;
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  void addFirst(long value) {
    grow();
    first = (first - 1) & (ring.length - 1);
    ring[first] = value;
    size++;
  }

  void addLast(long value) {
    grow();
    ring[(first + size) & (ring.length - 1)] = value;
    size++;
  }

  long first() {
    return ring[first];
  }

  long removeFirst() {
    long value = ring[first];
    first = (first + 1) & (ring.length - 1);
    size--;
    return value;
  }

  /** All values, the first one first. */
  long[] toArray() {
    long[] values = new long[size];
    for (int i = 0; i < size; i++) {
      values[i] = ring[(first + i) & (ring.length - 1)];
    }
    return values;
  }

  private void grow() {
    if (size == ring.length) {
      long[] larger = Arrays.copyOf(ring, 2 * size);
      System.arraycopy(ring, 0, larger, size, first);
      ring = larger;
    }
  }
}
