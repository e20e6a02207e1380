package dev.weft.core.text;

import dev.weft.core.dtype.Complex;
import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.HalfFloats;
import dev.weft.core.dtype.UnsignedLongs;
import dev.weft.core.error.UsageException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Single elements of dense native memory, by position in C order; alignment does not matter. */
public final class Elements {
  /** Two bytes at any address. */
  public static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;

  /** Four bytes at any address. */
  public static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

  /** Eight bytes at any address. */
  public static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

  /** A float at any address. */
  public static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  /** A double at any address. */
  public static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED;

  /** 2^63, the first double beyond long. */
  private static final double LONG_LIMIT = 0x1p63;

  private Elements() {}

  /** The nearest double. */
  public static double doubleAt(MemorySegment memory, DType dtype, long i) {
    return switch (dtype) {
      case FLOAT16 -> HalfFloats.of(memory.get(SHORT, 2 * i));
      case FLOAT32 -> memory.get(FLOAT, 4 * i);
      case FLOAT64 -> memory.get(DOUBLE, 8 * i);
      case UINT64 -> UnsignedLongs.toDouble(memory.get(LONG, 8 * i));
      case COMPLEX64, COMPLEX128 -> throw complex(dtype);
      default -> integerAt(memory, dtype, i);
    };
  }

  /** The value of a bool or integer element; uint64 as its 64 bits. */
  static long integerAt(MemorySegment memory, DType dtype, long i) {
    return switch (dtype) {
      case BOOL -> memory.get(ValueLayout.JAVA_BYTE, i) != 0 ? 1 : 0;
      case INT8 -> memory.get(ValueLayout.JAVA_BYTE, i);
      case UINT8 -> memory.get(ValueLayout.JAVA_BYTE, i) & 0xFF;
      case INT16 -> memory.get(SHORT, 2 * i);
      case UINT16 -> memory.get(SHORT, 2 * i) & 0xFFFF;
      case INT32 -> memory.get(INT, 4 * i);
      case UINT32 -> memory.get(INT, 4 * i) & 0xFFFF_FFFFL;
      case INT64, UINT64 -> memory.get(LONG, 8 * i);
      case FLOAT16, FLOAT32, FLOAT64 ->
          throw new IllegalArgumentException(dtype + " is no integer type");
      case COMPLEX64, COMPLEX128 -> throw complex(dtype);
    };
  }

  /** The value as a long, refused when it is none; uint64 gives its bits. */
  public static long exactLong(MemorySegment memory, DType dtype, long i) {
    if (dtype.isFloating()) {
      double value = doubleAt(memory, dtype, i);
      if (value != Math.rint(value) || value < -LONG_LIMIT || value >= LONG_LIMIT) {
        throw new UsageException(
            "element %,d of a %s array is %s, which is no whole number within long. Use getDouble"
                    .formatted(i, dtype, value)
                + " or toDoubleArray, or cast the array first");
      }
      return (long) value;
    }
    return integerAt(memory, dtype, i);
  }

  /** Whether the element differs from zero. */
  public static boolean isTrue(MemorySegment memory, DType dtype, long i) {
    return switch (dtype.kind()) {
      case BOOL, SIGNED, UNSIGNED -> integerAt(memory, dtype, i) != 0;
      case FLOATING -> doubleAt(memory, dtype, i) != 0;
      case COMPLEX ->
          isTrue(memory, dtype.part(), 2 * i) || isTrue(memory, dtype.part(), 2 * i + 1);
    };
  }

  /** The element as a complex number. */
  public static Complex complexAt(MemorySegment memory, DType dtype, long i) {
    return dtype.isComplex()
        ? new Complex(
            doubleAt(memory, dtype.part(), 2 * i), doubleAt(memory, dtype.part(), 2 * i + 1))
        : new Complex(doubleAt(memory, dtype, i), 0);
  }

  private static UsageException complex(DType dtype) {
    return new UsageException(
        "elements of a %s array are no real numbers. Use getComplex or toComplexArray, or take"
                .formatted(dtype)
            + " real(), imag() or abs() before computing");
  }
}
