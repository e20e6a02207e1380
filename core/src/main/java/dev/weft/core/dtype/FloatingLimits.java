package dev.weft.core.dtype;

import dev.weft.core.error.UsageException;

/**
 * What floating types can hold, NumPy's {@code finfo}; of complex types, what their parts can. The
 * limits of integers are {@link DType#minValue} and {@link DType#maxValue}.
 */
public final class FloatingLimits {
  private FloatingLimits() {}

  /**
   * Distance from 1 to the next larger number.
   *
   * @throws UsageException for integers and bool
   */
  public static double epsilon(DType dtype) {
    return of(dtype, 0x1p-10, Math.ulp(1.0f), Math.ulp(1.0));
  }

  /**
   * Largest finite number.
   *
   * @throws UsageException for integers and bool
   */
  public static double largest(DType dtype) {
    return of(dtype, HalfFloats.MAX_VALUE, Float.MAX_VALUE, Double.MAX_VALUE);
  }

  /**
   * Smallest positive number of full precision.
   *
   * @throws UsageException for integers and bool
   */
  public static double smallestNormal(DType dtype) {
    return of(dtype, 0x1p-14, Float.MIN_NORMAL, Double.MIN_NORMAL);
  }

  private static double of(DType dtype, double half, double single, double wide) {
    return switch (dtype) {
      case FLOAT16 -> half;
      case FLOAT32, COMPLEX64 -> single;
      case FLOAT64, COMPLEX128 -> wide;
      case BOOL, INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64 ->
          throw new UsageException(
              "limits of %s: it has no fractions; use minValue() and maxValue() of integers"
                  .formatted(dtype));
    };
  }
}
