package dev.weft.core.op;

import static dev.weft.core.op.SpecialPolynomials.BESSEL_FAR;
import static dev.weft.core.op.SpecialPolynomials.BESSEL_NEAR;
import static dev.weft.core.op.SpecialPolynomials.ERF;
import static dev.weft.core.op.SpecialPolynomials.ERFC_FAR;
import static dev.weft.core.op.SpecialPolynomials.ERFC_MIDDLE;
import static dev.weft.core.op.SpecialPolynomials.ERFC_NEAR;
import static dev.weft.core.op.SpecialPolynomials.ERFC_WIDE;
import static dev.weft.core.op.SpecialPolynomials.LGAMMA_HIGH;
import static dev.weft.core.op.SpecialPolynomials.LGAMMA_LOW;
import static dev.weft.core.op.SpecialPolynomials.LGAMMA_MIDDLE;
import static dev.weft.core.op.SpecialPolynomials.STIRLING;

/** The error function, the gamma function and its logarithm, and a Bessel function, of doubles. */
final class SpecialFunctions {
  /** Beyond, erfc is 0. */
  private static final double ERFC_END = 27.3;

  /** Beyond, exp(-x^2) is subnormal. */
  private static final double ERFC_SMALL = 26;

  /** Beyond, exp overflows before i0 does. */
  private static final double EXP_END = 700;

  /** Where products end and Stirling's formula begins. */
  private static final double GAMMA_FAR = 20;

  private static final double LGAMMA_FAR = 8;

  /** Beyond, gamma overflows; below the negative of the second it is 0. */
  private static final double GAMMA_END = 171.7;

  private static final double GAMMA_NONE = 190;

  private static final double ROOT_2PI = 2.5066282746310002;

  /** (log(2 pi) - 1) / 2. */
  private static final double LOG_ROOT = 0.41893853320467274;

  private SpecialFunctions() {}

  static double erf(double x) {
    double a = Math.abs(x);
    if (a < 1) {
      return x * ERF.at(x * x);
    }
    return a > 6 ? Math.signum(x) : Math.copySign(1 - erfc(a), x);
  }

  static double erfc(double x) {
    if (x < 0.5) {
      return 1 - erf(x);
    }
    if (x > ERFC_END) {
      return 0;
    }
    double scaled =
        x < 1
            ? ERFC_NEAR.at(x)
            : x < 2 ? ERFC_MIDDLE.at(x) : x < 4 ? ERFC_WIDE.at(x) : ERFC_FAR.at(1 / (x * x)) / x;
    // x^2 in two parts, of which the first has no rounding error.
    double high = (float) x;
    double rest = Math.exp((high - x) * (high + x));
    if (x < ERFC_SMALL) {
      return Math.exp(-high * high) * (rest * scaled);
    }
    double root = Math.exp(-0.5 * high * high);
    return root * (rest * scaled) * root;
  }

  static double gamma(double x) {
    boolean whole = x == Math.rint(x);
    if (Double.isNaN(x) || x == Double.NEGATIVE_INFINITY || x < 0 && whole) {
      return Double.NaN;
    }
    if (x > GAMMA_END || x == 0) {
      return x == 0 ? 1 / x : Double.POSITIVE_INFINITY;
    }
    double a = Math.abs(x);
    if (x > -GAMMA_FAR / 2 && x < GAMMA_FAR) {
      return moved(x);
    }
    double root = Math.pow(a, 0.5 * a - 0.25);
    double rest = ROOT_2PI * Math.exp(STIRLING.at(1 / (a * a)) / a);
    if (x > 0) {
      return rest * root * Math.exp(-a) * root;
    }
    double reflected = -Math.PI / (a * sinPi(a));
    return a > GAMMA_NONE
        ? Math.copySign(0, reflected)
        : reflected / (rest * root) * Math.exp(a) / root;
  }

  /** Gamma from that of a number between 2 and 3 by products, which are not rounded each. */
  private static double moved(double x) {
    double y = x;
    double high = 1;
    double low = 0;
    // One way only: a number just below 0 can be rounded up to 3.
    boolean down = x >= 3;
    while (down ? y >= 3 : y < 2) {
      double factor = down ? y - 1 : y;
      double product = high * factor;
      low = Math.fma(high, factor, -product) + low * factor;
      high = product;
      y = down ? y - 1 : y + 1;
    }
    double value = SpecialPolynomials.GAMMA.at(y);
    return x < 2 ? value / (high + low) : Math.fma(high, value, low * value);
  }

  static double lgamma(double x) {
    if (Double.isInfinite(x) || x <= 0 && x == Math.rint(x)) {
      return Double.POSITIVE_INFINITY;
    }
    double a = Math.abs(x);
    if (a < 0x1p-54) {
      return -Math.log(a);
    }
    if (x < 0) {
      return -Math.log(a * (Math.abs(sinPi(a)) / Math.PI)) - lgamma(a);
    }
    if (x < 0.5) {
      return lgamma(1 + x) - Math.log(x);
    }
    if (x < 3) {
      return (x - 1) * (x - 2) * (x < 1 ? LGAMMA_LOW : x < 2 ? LGAMMA_MIDDLE : LGAMMA_HIGH).at(x);
    }
    if (x < LGAMMA_FAR) {
      double product = 1;
      double y = x;
      while (y >= 3) {
        y -= 1;
        product *= y;
      }
      return Math.log(product) + lgamma(y);
    }
    double rest = x < 0x1p60 ? STIRLING.at(1 / (x * x)) / x : 0;
    return (x - 0.5) * (Math.log(x) - 1) + (LOG_ROOT + rest);
  }

  /** Sin(pi a) of a positive number, exact in its reduction. */
  private static double sinPi(double a) {
    double nearest = Math.rint(a);
    double sine = Math.sin(Math.PI * (a - nearest));
    return nearest % 2 == 0 ? sine : -sine;
  }

  static double i0(double x) {
    double a = Math.abs(x);
    if (a < 8) {
      return BESSEL_NEAR.at(0.25 * a * a);
    }
    if (Double.isInfinite(a)) {
      return a;
    }
    double scaled = BESSEL_FAR.at(1 / a) / Math.sqrt(a);
    if (a < EXP_END) {
      return Math.exp(a) * scaled;
    }
    double root = Math.exp(0.5 * a);
    // Far beyond where the result is infinite.
    return Double.isInfinite(root) ? root : root * scaled * root;
  }
}
