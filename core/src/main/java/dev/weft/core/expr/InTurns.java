package dev.weft.core.expr;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Two lists of numbers, and one with their elements in turns. By way of arrays of Java, some at a
 * time: element by element in native memory took five times as long.
 */
final class InTurns {
  /** Numbers of a list at a time, which stay in the nearest cache. */
  private static final int SOME = 1024;

  private InTurns() {}

  /** Work on some neighbours. */
  @FunctionalInterface
  interface Part {
    void run(long at, int count);
  }

  private static void each(long count, Part part) {
    for (long at = 0; at < count; at += SOME) {
      part.run(at, (int) Math.min(SOME, count - at));
    }
  }

  static void joinDoubles(MemorySegment first, MemorySegment second, MemorySegment to, long n) {
    ValueLayout.OfDouble layout = JAVA_DOUBLE_UNALIGNED;
    double[] a = new double[SOME];
    double[] b = new double[SOME];
    double[] both = new double[2 * SOME];
    each(
        n,
        (at, count) -> {
          MemorySegment.copy(first, layout, at * Double.BYTES, a, 0, count);
          MemorySegment.copy(second, layout, at * Double.BYTES, b, 0, count);
          for (int i = 0; i < count; i++) {
            both[2 * i] = a[i];
            both[2 * i + 1] = b[i];
          }
          MemorySegment.copy(both, 0, to, layout, 2 * at * Double.BYTES, 2 * count);
        });
  }

  static void joinFloats(MemorySegment first, MemorySegment second, MemorySegment to, long n) {
    ValueLayout.OfFloat layout = JAVA_FLOAT_UNALIGNED;
    float[] a = new float[SOME];
    float[] b = new float[SOME];
    float[] both = new float[2 * SOME];
    each(
        n,
        (at, count) -> {
          MemorySegment.copy(first, layout, at * Float.BYTES, a, 0, count);
          MemorySegment.copy(second, layout, at * Float.BYTES, b, 0, count);
          for (int i = 0; i < count; i++) {
            both[2 * i] = a[i];
            both[2 * i + 1] = b[i];
          }
          MemorySegment.copy(both, 0, to, layout, 2 * at * Float.BYTES, 2 * count);
        });
  }

  /** The elements 0, 2, 4 … or, from {@code which} 1 on, 1, 3, 5 …. */
  static void takeDoubles(MemorySegment from, int which, MemorySegment to, long n) {
    ValueLayout.OfDouble layout = JAVA_DOUBLE_UNALIGNED;
    double[] a = new double[SOME];
    double[] both = new double[2 * SOME];
    each(
        n,
        (at, count) -> {
          MemorySegment.copy(from, layout, 2 * at * Double.BYTES, both, 0, 2 * count);
          for (int i = 0; i < count; i++) {
            a[i] = both[2 * i + which];
          }
          MemorySegment.copy(a, 0, to, layout, at * Double.BYTES, count);
        });
  }

  static void takeFloats(MemorySegment from, int which, MemorySegment to, long n) {
    ValueLayout.OfFloat layout = JAVA_FLOAT_UNALIGNED;
    float[] a = new float[SOME];
    float[] both = new float[2 * SOME];
    each(
        n,
        (at, count) -> {
          MemorySegment.copy(from, layout, 2 * at * Float.BYTES, both, 0, 2 * count);
          for (int i = 0; i < count; i++) {
            a[i] = both[2 * i + which];
          }
          MemorySegment.copy(a, 0, to, layout, at * Float.BYTES, count);
        });
  }
}
