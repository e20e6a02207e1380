package dev.weft.table.group;

import java.math.BigInteger;

/** Variances from exact sums, rounded once. */
public final class ExactVariance {
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
    Dyadic sum = sums.sum(group);
    Dyadic comoment = Dyadic.comoment(n, squares.sum(group), sum, sum);
    // Squares below 2^-1022 have lost bits; so small variances are 0.
    return comoment.signum() < 0
        ? 0
        : comoment.dividedBy(BigInteger.valueOf(n).multiply(BigInteger.valueOf(n - ddof)));
  }
}
