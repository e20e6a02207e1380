package dev.weft.core.dtype;

/** Numbers of float16, which Java has no type for: held as the float of the same value. */
public final class HalfFloats {
  /** The largest finite one. */
  public static final float MAX_VALUE = 65504;

  private HalfFloats() {}

  /**
   * The float16 nearest to a number, rounded once: half to even, beyond the largest to infinity.
   */
  public static float of(double value) {
    float near = (float) value;
    if (near != value && !Double.isNaN(value)) {
      // Rounded to odd on the way, so that the second rounding sees what the first one dropped.
      int bits = Float.floatToRawIntBits(near);
      boolean away = Math.abs((double) near) > Math.abs(value);
      near = Float.intBitsToFloat((away ? bits - 1 : bits) | 1);
    }
    return of(bits(near));
  }

  /** The number with these bits. */
  public static float of(short bits) {
    return Float.float16ToFloat(bits);
  }

  /** The bits of a number that is a float16. */
  public static short bits(float value) {
    return Float.floatToFloat16(value);
  }
}
