package dev.weft.table.group;

import java.util.function.IntToDoubleFunction;

/** NumPy's linear quantile; where NumPy has NaN between a number and infinity, it is infinity. */
public final class LinearQuantile {
  private LinearQuantile() {}

  /**
   * A quantile of numbers, none of which is NaN.
   *
   * @param n how many there are, 1 or more
   * @param q from 0 to 1
   * @param sorted the number of a place in ascending order, from 0
   */
  public static double of(int n, double q, IntToDoubleFunction sorted) {
    double place = q * (n - 1);
    int below = (int) Math.floor(place);
    double a = sorted.applyAsDouble(below);
    double b = sorted.applyAsDouble(Math.min(below + 1, n - 1));
    double part = place - below;
    if (part == 0 || a == b) {
      return a;
    }
    if (Double.isInfinite(b - a)) {
      // Between a number and an infinity there is only the infinity.
      return a * (1 - part) + b * part;
    }
    return part >= 0.5 ? b - (b - a) * (1 - part) : a + (b - a) * part;
  }
}
