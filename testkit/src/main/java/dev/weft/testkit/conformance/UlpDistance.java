package dev.weft.testkit.conformance;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.HalfFloats;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.op.ElementwiseOp;
import java.util.List;

/** How far a result is from the expected one, in units in the last place. */
public final class UlpDistance {
  /** Steps of float32 in one of float16. */
  private static final double HALF_STEP = 0x1p13;

  private UlpDistance() {}

  /** Distance of two numbers of one type; 0 only for equal bits, or nan and nan. */
  public static double ulps(Scalar expected, Scalar actual) {
    if (!expected.dtype().isFloating()) {
      return expected.integer() == actual.integer() ? 0 : Double.POSITIVE_INFINITY;
    }
    double e = expected.floating();
    double a = actual.floating();
    if (Double.compare(e, a) == 0) {
      return 0;
    }
    if (Double.isNaN(e) || Double.isNaN(a) || e == a) {
      return Double.POSITIVE_INFINITY;
    }
    long from = ordinal(expected);
    long to = ordinal(actual);
    // Of opposite signs the difference may not fit, and need not be exact.
    return from < 0 == to < 0 ? Math.abs(from - to) : Math.abs((double) from - to);
  }

  /** As {@link #ulps}; for a row that cancels, in ulps of the largest operand if that is larger. */
  public static double ulps(
      ElementwiseOp row, Scalar expected, Scalar actual, List<Scalar> operands) {
    double distance = ulps(expected, actual);
    if (!row.cancels() || distance == 0 || Double.isNaN(expected.floating() - actual.floating())) {
      return distance;
    }
    double size = Math.abs(expected.floating());
    for (Scalar operand : operands) {
      size = Math.max(size, Math.abs(operand.asDouble()));
    }
    double unit =
        switch (expected.dtype()) {
          case FLOAT16 -> Math.ulp((float) size) * HALF_STEP;
          case FLOAT32 -> Math.ulp((float) size);
          default -> Math.ulp(size);
        };
    return Math.abs(expected.floating() - actual.floating()) / unit;
  }

  /** Position on the line of all numbers of the type: neighbours differ by 1. */
  private static long ordinal(Scalar x) {
    if (x.dtype() == DType.FLOAT16) {
      short bits = HalfFloats.bits((float) x.floating());
      return bits < 0 ? -(bits & Short.MAX_VALUE) : bits;
    }
    if (x.dtype() == DType.FLOAT32) {
      int bits = Float.floatToIntBits((float) x.floating());
      return bits < 0 ? -(bits & Integer.MAX_VALUE) : bits;
    }
    long bits = Double.doubleToLongBits(x.floating());
    return bits < 0 ? -(bits & Long.MAX_VALUE) : bits;
  }
}
