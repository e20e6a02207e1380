package dev.weft.cli.compare;

import dev.weft.core.HostArray;
import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.HalfFloats;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * How far one array is from another of the same type and shape.
 *
 * @param dtype the type of both
 * @param elements how many there are
 * @param differing how many are not the same bits; NaNs are all the same
 * @param ulps largest distance in units in the last place; infinite where a number stands against
 *     NaN, infinity, or another integer or truth value
 * @param scaledUlps largest difference in units in the last place of the largest finite magnitude,
 *     by which cancellation can be told from a wrong answer
 * @param worst flat position of the largest distance, -1 where all are the same
 */
public record Distance(
    DType dtype, long elements, long differing, double ulps, double scaledUlps, long worst) {

  /** Compares two arrays element by element. */
  public static Distance between(HostArray expected, HostArray actual) {
    if (expected.dtype() != actual.dtype() || !expected.shape().equals(actual.shape())) {
      throw new IllegalArgumentException(
          "%s against %s".formatted(expected.summary(), actual.summary()));
    }
    MemorySegment a = expected.segment();
    MemorySegment b = actual.segment();
    DType dtype = expected.dtype();
    long size = expected.size();
    if (a.mismatch(b) < 0) {
      return new Distance(dtype, size, 0, 0, 0, -1);
    }
    Differences seen = new Differences();
    for (long i = 0; i < size; i++) {
      switch (dtype) {
        case FLOAT64 -> seen.floats(i, float64(a, i), float64(b, i));
        case FLOAT16 -> seen.halves(i, float16(a, i), float16(b, i));
        case FLOAT32 -> seen.floats(i, float32(a, i), float32(b, i));
        default -> seen.bytes(i, a, b, dtype.itemSize());
      }
    }
    return seen.result(dtype, size);
  }

  /** Whether the answers are the same as far as rounding goes: within {@code limit} ulps. */
  public boolean within(double limit) {
    return ulps <= limit || scaledUlps <= limit;
  }

  private static double float64(MemorySegment segment, long index) {
    return segment.getAtIndex(ValueLayout.JAVA_DOUBLE, index);
  }

  private static float float32(MemorySegment segment, long index) {
    return segment.getAtIndex(ValueLayout.JAVA_FLOAT, index);
  }

  private static short float16(MemorySegment segment, long index) {
    return segment.getAtIndex(ValueLayout.JAVA_SHORT, index);
  }

  /** What has been seen so far. */
  private static final class Differences {
    private long differing;
    private double ulps;
    private double largestDifference;
    private double magnitude;
    private long worst = -1;

    void floats(long index, double a, double b) {
      magnitude(a);
      if (Double.doubleToLongBits(a) != Double.doubleToLongBits(b)) {
        double finite = a == b ? 0 : difference(a, b);
        differs(index, Double.isInfinite(finite) ? finite : ulps(a, b), finite);
      }
    }

    void floats(long index, float a, float b) {
      magnitude(a);
      if (Float.floatToIntBits(a) != Float.floatToIntBits(b)) {
        double finite = a == b ? 0 : difference(a, b);
        differs(index, Double.isInfinite(finite) ? finite : ulps(a, b), finite);
      }
    }

    void halves(long index, short a, short b) {
      float first = HalfFloats.of(a);
      float second = HalfFloats.of(b);
      magnitude(first);
      if (Float.floatToIntBits(first) != Float.floatToIntBits(second)) {
        double finite = first == second ? 0 : difference(first, second);
        // A step of float16 is 2^13 steps of float32.
        double distance = Double.isInfinite(finite) ? finite : ulps(first, second) / 0x1p13;
        differs(index, distance, finite);
      }
    }

    void bytes(long index, MemorySegment a, MemorySegment b, int width) {
      long from = index * width;
      if (MemorySegment.mismatch(a, from, from + width, b, from, from + width) >= 0) {
        differs(index, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
      }
    }

    private void magnitude(double a) {
      if (Math.abs(a) < Double.POSITIVE_INFINITY) {
        magnitude = Math.max(magnitude, Math.abs(a));
      }
    }

    /** Infinite unless both are numbers, or both the same infinity. */
    private static double difference(double a, double b) {
      double difference = Math.abs(a - b);
      boolean numbers = Double.isFinite(a) && Double.isFinite(b);
      return numbers ? Math.min(difference, Double.MAX_VALUE) : Double.POSITIVE_INFINITY;
    }

    private void differs(long index, double distance, double difference) {
      differing++;
      largestDifference = Math.max(largestDifference, difference);
      if (distance > ulps || worst < 0) {
        ulps = distance;
        worst = index;
      }
    }

    Distance result(DType dtype, long size) {
      double unit =
          switch (dtype) {
            case FLOAT16 -> Math.ulp((float) magnitude) * 0x1p13;
            case FLOAT32 -> Math.ulp((float) magnitude);
            default -> Math.ulp(magnitude);
          };
      return new Distance(dtype, size, differing, ulps, largestDifference / unit, worst);
    }
  }

  private static double ulps(double a, double b) {
    long from = ordinal(Double.doubleToLongBits(a), Long.MAX_VALUE);
    long to = ordinal(Double.doubleToLongBits(b), Long.MAX_VALUE);
    // Of opposite signs the difference may not fit, and need not be exact.
    return from < 0 == to < 0 ? Math.abs(from - to) : Math.abs((double) from - to);
  }

  private static double ulps(float a, float b) {
    long from = ordinal(Float.floatToIntBits(a), Integer.MAX_VALUE);
    return Math.abs(from - ordinal(Float.floatToIntBits(b), Integer.MAX_VALUE));
  }

  /** Position on the line of all numbers of the type: neighbours differ by 1, both zeros are 0. */
  private static long ordinal(long bits, long withoutSign) {
    return bits < 0 ? -(bits & withoutSign) : bits;
  }
}
