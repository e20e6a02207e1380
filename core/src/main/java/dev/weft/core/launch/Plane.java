package dev.weft.core.launch;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** Words of partial results, in arrays and back. Indices are those of words. */
final class Plane {
  private Plane() {}

  static void load(MemorySegment from, long index, double[] to, int n) {
    MemorySegment.copy(from, JAVA_DOUBLE_UNALIGNED, index * Double.BYTES, to, 0, n);
  }

  static void store(double[] from, MemorySegment to, long index, int n) {
    MemorySegment.copy(from, 0, to, JAVA_DOUBLE_UNALIGNED, index * Double.BYTES, n);
  }

  static void load(MemorySegment from, long index, long[] to, int n) {
    MemorySegment.copy(from, JAVA_LONG_UNALIGNED, index * Long.BYTES, to, 0, n);
  }

  static void store(long[] from, MemorySegment to, long index, int n) {
    MemorySegment.copy(from, 0, to, JAVA_LONG_UNALIGNED, index * Long.BYTES, n);
  }
}
