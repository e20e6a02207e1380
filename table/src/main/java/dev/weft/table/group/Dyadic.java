package dev.weft.table.group;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * A number that is exact: a whole number times a power of two.
 *
 * @param unit the exponent of the power
 */
record Dyadic(BigInteger value, int unit) {
  /**
   * More bits than a long has: what is left away of them is one bit, which decides near middles.
   */
  private static final int BITS = Long.SIZE + 2;

  /** Of quotients, more than doubles have. */
  private static final MathContext DIGITS = new MathContext(40);

  Dyadic times(Dyadic other) {
    return new Dyadic(value.multiply(other.value), unit + other.unit);
  }

  Dyadic times(long whole) {
    return new Dyadic(value.multiply(BigInteger.valueOf(whole)), unit);
  }

  Dyadic minus(Dyadic other) {
    int least = Math.min(unit, other.unit);
    return new Dyadic(
        value.shiftLeft(unit - least).subtract(other.value.shiftLeft(other.unit - least)), least);
  }

  int signum() {
    return value.signum();
  }

  /** The quotient by a whole number above 0, rounded to the nearest double. */
  double dividedBy(BigInteger whole) {
    BigInteger size = value.abs();
    int shift = BITS + whole.bitLength() - size.bitLength();
    BigInteger[] parts =
        size.shiftLeft(Math.max(shift, 0)).divideAndRemainder(whole.shiftLeft(Math.max(-shift, 0)));
    BigInteger quotient = parts[1].signum() == 0 ? parts[0] : parts[0].setBit(0);
    double nearest = Math.scalb(quotient.doubleValue(), unit - shift);
    return value.signum() < 0 ? -nearest : nearest;
  }

  /** The root of the quotient by another number above 0, rounded to the nearest double. */
  double rootOfRatio(Dyadic other) {
    BigDecimal ratio = new BigDecimal(value).divide(new BigDecimal(other.value), DIGITS);
    return scaled(ratio, unit - other.unit).sqrt(DIGITS).doubleValue();
  }

  private static BigDecimal scaled(BigDecimal number, int power) {
    BigDecimal two = BigDecimal.valueOf(2).pow(Math.abs(power));
    return power < 0 ? number.divide(two, DIGITS) : number.multiply(two);
  }

  /** {@code n * products - x * y}: n squared times a covariance that is divided by n. */
  static Dyadic comoment(long n, Dyadic products, Dyadic x, Dyadic y) {
    return products.times(n).minus(x.times(y));
  }
}
