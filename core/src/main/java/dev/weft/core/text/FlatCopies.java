package dev.weft.core.text;

import dev.weft.core.dtype.Complex;
import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.UnsignedLongs;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;

/** Flat Java arrays of all elements in C order. */
public final class FlatCopies {
  /** The longest array that HotSpot allocates. */
  private static final int LONGEST = Integer.MAX_VALUE - 8;

  private FlatCopies() {}

  /** The nearest doubles. */
  public static double[] doubles(MemorySegment memory, DType dtype, Shape shape) {
    double[] flat = new double[length(shape)];
    if (dtype == DType.FLOAT64) {
      MemorySegment.copy(memory, Elements.DOUBLE, 0, flat, 0, flat.length);
      return flat;
    }
    for (int i = 0; i < flat.length; i++) {
      flat[i] = Elements.doubleAt(memory, dtype, i);
    }
    return flat;
  }

  /** Complex numbers. */
  public static Complex[] complex(MemorySegment memory, DType dtype, Shape shape) {
    Complex[] flat = new Complex[length(shape)];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = Elements.complexAt(memory, dtype, i);
    }
    return flat;
  }

  /** The nearest floats. */
  public static float[] floats(MemorySegment memory, DType dtype, Shape shape) {
    float[] flat = new float[length(shape)];
    if (dtype == DType.FLOAT32) {
      MemorySegment.copy(memory, Elements.FLOAT, 0, flat, 0, flat.length);
      return flat;
    }
    for (int i = 0; i < flat.length; i++) {
      // By way of double, 64-bit integers would be rounded twice.
      flat[i] =
          dtype == DType.INT64
              ? (float) Elements.integerAt(memory, dtype, i)
              : dtype == DType.UINT64
                  ? UnsignedLongs.toFloat(Elements.integerAt(memory, dtype, i))
                  : (float) Elements.doubleAt(memory, dtype, i);
    }
    return flat;
  }

  /** Whole numbers within long; others are refused. Elements of uint64 are given as their bits. */
  public static long[] longs(MemorySegment memory, DType dtype, Shape shape) {
    long[] flat = new long[length(shape)];
    if (dtype == DType.INT64 || dtype == DType.UINT64) {
      MemorySegment.copy(memory, Elements.LONG, 0, flat, 0, flat.length);
      return flat;
    }
    for (int i = 0; i < flat.length; i++) {
      flat[i] = Elements.exactLong(memory, dtype, i);
    }
    return flat;
  }

  /** Whole numbers within int; others are refused. */
  public static int[] ints(MemorySegment memory, DType dtype, Shape shape) {
    int[] flat = new int[length(shape)];
    if (dtype == DType.INT32) {
      MemorySegment.copy(memory, Elements.INT, 0, flat, 0, flat.length);
      return flat;
    }
    for (int i = 0; i < flat.length; i++) {
      long value = Elements.exactLong(memory, dtype, i);
      flat[i] = (int) value;
      if (flat[i] != value || dtype == DType.UINT64 && value < 0) {
        throw beyond("int", "toLongArray", dtype, i, value);
      }
    }
    return flat;
  }

  /** Whole numbers within byte; others are refused. */
  public static byte[] bytes(MemorySegment memory, DType dtype, Shape shape) {
    byte[] flat = new byte[length(shape)];
    if (dtype == DType.INT8 || dtype == DType.UINT8) {
      MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, 0, flat, 0, flat.length);
      return flat;
    }
    for (int i = 0; i < flat.length; i++) {
      long value = Elements.exactLong(memory, dtype, i);
      flat[i] = (byte) value;
      if (flat[i] != value || dtype == DType.UINT64 && value < 0) {
        throw beyond("byte", "toIntArray", dtype, i, value);
      }
    }
    return flat;
  }

  /** Which elements differ from zero. */
  public static boolean[] booleans(MemorySegment memory, DType dtype, Shape shape) {
    boolean[] flat = new boolean[length(shape)];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = Elements.isTrue(memory, dtype, i);
    }
    return flat;
  }

  private static int length(Shape shape) {
    if (shape.size() > LONGEST) {
      throw new UsageException(
          "array of shape %s has %,d elements; a Java array holds at most %,d. Use segment()"
              .formatted(shape, shape.size(), LONGEST));
    }
    return (int) shape.size();
  }

  private static UsageException beyond(
      String type, String instead, DType dtype, long i, long value) {
    return new UsageException(
        "element %,d of a %s array is %,d, beyond %s. Use %s"
            .formatted(i, dtype, new BigInteger(dtype.digits(value)), type, instead));
  }
}
