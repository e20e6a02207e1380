package dev.weft.table.text;

import java.math.BigInteger;

/**
 * The double that is nearest to a decimal number, from 128 bits of the power of ten.
 *
 * @see <a href="https://arxiv.org/abs/2101.11408">D. Lemire, Number Parsing at a Gigabyte per
 *     Second</a>
 */
final class Powers {
  /** What {@link #nearest} gives where 128 bits do not tell. */
  static final double UNKNOWN = -1;

  private static final int LEAST = -342;
  private static final int MOST = 308;
  private static final int BITS = 128;
  private static final int MANTISSA_BITS = 52;
  private static final long[] HIGH = new long[MOST - LEAST + 1];
  private static final long[] LOW = new long[MOST - LEAST + 1];

  static {
    for (int q = LEAST; q <= MOST; q++) {
      BigInteger bits = q < 0 ? reciprocal(-q) : power(q);
      HIGH[q - LEAST] = bits.shiftRight(Long.SIZE).longValue();
      LOW[q - LEAST] = bits.longValue();
    }
  }

  private Powers() {}

  /** The first 128 bits of a power of five. */
  private static BigInteger power(int exponent) {
    BigInteger five = BigInteger.valueOf(5).pow(exponent);
    return five.bitLength() <= BITS
        ? five.shiftLeft(BITS - five.bitLength())
        : five.shiftRight(five.bitLength() - BITS);
  }

  /** The first 128 bits of one over a power of five, rounded up. */
  private static BigInteger reciprocal(int exponent) {
    BigInteger five = BigInteger.valueOf(5).pow(exponent);
    // Up to here ties are told by all bits, the last of which must be rounded up, too.
    int shift = exponent <= 27 ? five.bitLength() + BITS - 1 : 2 * five.bitLength() + BITS;
    BigInteger one = BigInteger.ONE.shiftLeft(shift).divide(five).add(BigInteger.ONE);
    if (one.bitLength() > BITS) {
      one = one.shiftRight(one.bitLength() - BITS);
    }
    return one;
  }

  /**
   * The double nearest to {@code digits} times ten to a power.
   *
   * @param digits above 0
   * @return 0 or more, or {@link #UNKNOWN}
   */
  static double nearest(long digits, int power) {
    if (power < LEAST || power > MOST) {
      return UNKNOWN;
    }
    int zeros = Long.numberOfLeadingZeros(digits);
    long w = digits << zeros;
    long factor = HIGH[power - LEAST];
    long high = Math.unsignedMultiplyHigh(w, factor);
    long low = w * factor;
    if ((high & 0x1FF) == 0x1FF) {
      long more = Math.unsignedMultiplyHigh(w, LOW[power - LEAST]);
      low += more;
      high += Long.compareUnsigned(low, more) < 0 ? 1 : 0;
    }
    if (low == -1 && (power < -27 || power > 55)) {
      return UNKNOWN;
    }
    int upper = (int) (high >>> 63);
    int shift = upper + Long.SIZE - MANTISSA_BITS - 3;
    long mantissa = high >>> shift;
    int exponent = ((217706 * power) >> 16) + 63 + upper - zeros + 1023;
    if (exponent <= 0) {
      return UNKNOWN;
    }
    boolean isTie = Long.compareUnsigned(low, 1) <= 0 && power >= -4 && power <= 23;
    if (isTie && (mantissa & 3) == 1 && mantissa << shift == high) {
      mantissa &= ~1L;
    }
    mantissa += mantissa & 1;
    mantissa >>>= 1;
    if (mantissa >= 2L << MANTISSA_BITS) {
      mantissa = 1L << MANTISSA_BITS;
      exponent++;
    }
    if (exponent >= 0x7FF) {
      return UNKNOWN;
    }
    long bits = mantissa & ~(1L << MANTISSA_BITS) | (long) exponent << MANTISSA_BITS;
    return Double.longBitsToDouble(bits);
  }
}
