package dev.weft.core.dtype;

/** A long's 64 bits read as a uint64, and numbers that are converted to and from it. */
public final class UnsignedLongs {
  /** 2^63, the first double beyond long. */
  private static final double LONG_LIMIT = 0x1p63;

  private UnsignedLongs() {}

  /** The nearest double. */
  public static double toDouble(long bits) {
    // The lowest bit stays as a sticky bit, so that halving does not spoil the rounding.
    return bits >= 0 ? bits : 2.0 * (bits >>> 1 | bits & 1);
  }

  /** The nearest float; by way of double it would be rounded twice. */
  public static float toFloat(long bits) {
    return bits >= 0 ? bits : 2.0f * (bits >>> 1 | bits & 1);
  }

  /**
   * The number without its fraction. A negative one wraps around, as far as long goes; one of 2^64
   * or more counts as 2^64 - 1, and nan as 0.
   */
  public static long of(double value) {
    if (value < LONG_LIMIT) {
      return (long) value;
    }
    // Exact: doubles from 2^63 on are multiples of 2^11. What is beyond 2^64 saturates.
    return (long) (value - LONG_LIMIT) | (value >= LONG_LIMIT ? Long.MIN_VALUE : 0);
  }
}
