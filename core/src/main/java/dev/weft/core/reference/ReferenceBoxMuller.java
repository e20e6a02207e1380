package dev.weft.core.reference;

/**
 * Standard normal numbers in pairs, by the method of Box and Muller, from exactly rounded
 * operations only, so that every form of it gives the same bits.
 *
 * <p>From uniform u, v in [0, 1): {@code r = sqrt(-2 log(1 - u))}, then {@code r cos(2 pi v)} and
 * {@code r sin(2 pi v)}. Logarithm, sine and cosine have the polynomials of fdlibm 5.3 and are good
 * to one ulp. Every device repeats each operation here in the same order.
 */
final class ReferenceBoxMuller {
  private static final double LN2_HIGH = 6.93147180369123816490e-01;
  private static final double LN2_LOW = 1.90821492927058770002e-10;
  private static final double L1 = 6.666666666666735130e-01;
  private static final double L2 = 3.999999999940941908e-01;
  private static final double L3 = 2.857142874366239149e-01;
  private static final double L4 = 2.222219843214978396e-01;
  private static final double L5 = 1.818357216161805012e-01;
  private static final double L6 = 1.531383769920937332e-01;
  private static final double L7 = 1.479819860511658591e-01;

  private static final double S1 = -1.66666666666666324348e-01;
  private static final double S2 = 8.33333333332248946124e-03;
  private static final double S3 = -1.98412698298579493134e-04;
  private static final double S4 = 2.75573137070700676789e-06;
  private static final double S5 = -2.50507602534068634195e-08;
  private static final double S6 = 1.58969099521155010221e-10;

  private static final double C1 = 4.16666666666666019037e-02;
  private static final double C2 = -1.38888888888741095749e-03;
  private static final double C3 = 2.48015872894767294178e-05;
  private static final double C4 = -2.75573143513906633035e-07;
  private static final double C5 = 2.08757232129817482790e-09;
  private static final double C6 = -1.13596475577881948265e-11;

  /** Half of pi in two parts. */
  private static final double HALF_PI_HIGH = 1.57079632679489655800e+00;

  private static final double HALF_PI_LOW = 6.12323399573676603587e-17;

  /** Adding and subtracting it rounds to an integer, which is then in the low bits of the sum. */
  private static final double ROUNDER = 0x1.8p52;

  /** Bits of 1.0. */
  private static final long ONE = 0x3FF0000000000000L;

  /** Added to a number's bits, lets its exponent change at sqrt(1/2) instead of at 1. */
  private static final long EXPONENT_SHIFT = ONE - 0x3FE6A09E667F3BCDL;

  private static final long EXPONENT = 0xFFF0000000000000L;

  /** Bits of 2^52; an integer below 2^52 in its low bits adds that integer. */
  private static final long TWO_52 = 0x4330000000000000L;

  private ReferenceBoxMuller() {}

  /** The distance from the origin that belongs to a uniform number. */
  static double radius(double u) {
    return Math.sqrt(-2.0 * log(1.0 - u));
  }

  /** The logarithm of a positive normal number, to one ulp. */
  static double log(double x) {
    long bits = Double.doubleToRawLongBits(x);
    long shifted = bits + EXPONENT_SHIFT;
    double k = Double.longBitsToDouble(shifted >>> 52 | TWO_52) - (0x1p52 + 1023);
    double f = Double.longBitsToDouble(bits - (shifted & EXPONENT) + ONE) - 1.0;
    double h = f * 0.5 * f;
    double s = f / (f + 2.0);
    double z = s * s;
    double w = z * z;
    double even = Math.fma(Math.fma(L6, w, L4), w, L2) * w;
    double odd = Math.fma(Math.fma(Math.fma(L7, w, L5), w, L3), w, L1) * z;
    double tail = Math.fma(k, LN2_LOW, s * (h + (even + odd)));
    return k * LN2_HIGH - (h - tail - f);
  }

  /** The quarter turn nearest to an angle given in quarter turns, plus {@link #ROUNDER}. */
  static double quarter(double turns4) {
    return turns4 + ROUNDER;
  }

  /** The cosine of an angle given in turns within [0, 1), to one ulp. */
  static double cosTurns(double v) {
    double t = v * 4.0;
    double rounded = quarter(t);
    long q = Double.doubleToRawLongBits(rounded);
    double f = t - (rounded - ROUNDER);
    return withSign((q & 1) != 0 ? sinQuarter(f) : cosQuarter(f), q + 1);
  }

  /** The sine of an angle given in turns within [0, 1), to one ulp. */
  static double sinTurns(double v) {
    double t = v * 4.0;
    double rounded = quarter(t);
    long q = Double.doubleToRawLongBits(rounded);
    double f = t - (rounded - ROUNDER);
    return withSign((q & 1) != 0 ? cosQuarter(f) : sinQuarter(f), q);
  }

  /** Changes the sign if bit 1 of the quarter is set. */
  private static double withSign(double value, long quarter) {
    return Double.longBitsToDouble(Double.doubleToRawLongBits(value) ^ (quarter & 2) << 62);
  }

  /** The sine of f quarter turns, |f| at most 1/2. */
  private static double sinQuarter(double f) {
    double x = f * HALF_PI_HIGH;
    double low = Math.fma(f, HALF_PI_LOW, Math.fma(f, HALF_PI_HIGH, -x));
    double z = x * x;
    double p = Math.fma(Math.fma(Math.fma(Math.fma(S6, z, S5), z, S4), z, S3), z, S2);
    double xz = x * z;
    return x - (Math.fma(z, low * 0.5 - xz * p, -low) - xz * S1);
  }

  /** The cosine of f quarter turns, |f| at most 1/2. */
  private static double cosQuarter(double f) {
    double x = f * HALF_PI_HIGH;
    double low = Math.fma(f, HALF_PI_LOW, Math.fma(f, HALF_PI_HIGH, -x));
    double z = x * x;
    double p =
        Math.fma(Math.fma(Math.fma(Math.fma(Math.fma(C6, z, C5), z, C4), z, C3), z, C2), z, C1);
    double h = z * 0.5;
    double w = 1.0 - h;
    return w + (1.0 - w - h + (p * z * z - x * low));
  }
}
