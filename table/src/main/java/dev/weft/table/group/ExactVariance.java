package dev.weft.table.group;

import java.math.BigInteger;

/** Variances from exact sums, rounded once. */
public final class ExactVariance {
  /**
   * More bits than a long has: what is left away of them is one bit, which decides near middles.
   */
  private static final int BITS = Long.SIZE + 2;

  private ExactVariance() {}

  /**
   * Squares as two doubles each, which together are exact.
   *
   * @param high the nearest doubles of the squares of as many of the values
   * @param low what is left; 0 where the square is not finite
   */
  public static void squares(double[] values, double[] high, double[] low) {
    for (int i = 0; i < high.length; i++) {
      double x = values[i];
      double square = x * x;
      high[i] = square;
      double rest = Math.fma(x, x, -square);
      low[i] = Double.isFinite(rest) ? rest : 0;
    }
  }

  /**
   * The variance of the numbers of a group.
   *
   * @param squares sums of the squares
   * @param n how many numbers there are, more than ddof
   * @return NaN where numbers or their squares are not finite
   */
  public static double of(ExactSums sums, ExactSums squares, int group, long n, int ddof) {
    if (!sums.isFinite(group) || !squares.isFinite(group)) {
      return Double.NaN;
    }
    // n * sum of squares - square of the sum, in units of the smaller unit.
    BigInteger sum = sums.exact(group);
    BigInteger square = squares.exact(group).multiply(BigInteger.valueOf(n));
    int unit = Math.min(squares.unit(), 2 * sums.unit());
    BigInteger difference =
        square
            .shiftLeft(squares.unit() - unit)
            .subtract(sum.multiply(sum).shiftLeft(2 * sums.unit() - unit));
    if (difference.signum() < 0) {
      // Squares below 2^-1022 have lost bits; so small variances are 0.
      return 0;
    }
    return ratio(difference, BigInteger.valueOf(n).multiply(BigInteger.valueOf(n - ddof)), unit);
  }

  /** The nearest double of a quotient of numbers that are not negative, times a power of two. */
  private static double ratio(BigInteger above, BigInteger below, int power) {
    int shift = BITS + below.bitLength() - above.bitLength();
    BigInteger[] parts =
        above
            .shiftLeft(Math.max(shift, 0))
            .divideAndRemainder(below.shiftLeft(Math.max(-shift, 0)));
    BigInteger quotient = parts[1].signum() == 0 ? parts[0] : parts[0].setBit(0);
    return Math.scalb(quotient.doubleValue(), power - shift);
  }
}
