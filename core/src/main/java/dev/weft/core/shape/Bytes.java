package dev.weft.core.shape;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;

/** Numbers of bytes that neither wrap around nor go unnoticed. */
public final class Bytes {
  private Bytes() {}

  /**
   * Bytes of an array.
   *
   * @throws UsageException when they are more than a long holds
   */
  public static long of(DType dtype, Shape shape) {
    try {
      return Math.multiplyExact(shape.size(), (long) dtype.itemSize());
    } catch (ArithmeticException e) {
      throw new UsageException(
          "an array of %s %s has more than 2^63-1 bytes; use smaller extents or a smaller type"
              .formatted(dtype, shape),
          e);
    }
  }

  /** The sum of numbers that are not negative, or the largest long: more than any memory has. */
  public static long sum(long... parts) {
    long sum = 0;
    for (long part : parts) {
      sum += part;
      if (sum < 0) {
        return Long.MAX_VALUE;
      }
    }
    return sum;
  }

  /** The product of two numbers that are not negative, or the largest long. */
  public static long product(long a, long b) {
    return Math.multiplyHigh(a, b) != 0 || a * b < 0 ? Long.MAX_VALUE : a * b;
  }
}
