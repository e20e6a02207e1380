package dev.weft.core.op;

import static dev.weft.core.op.ArithmeticOps.ABS;
import static dev.weft.core.op.ArithmeticOps.ADD;
import static dev.weft.core.op.ArithmeticOps.MULTIPLY;
import static dev.weft.core.op.ArithmeticOps.SQRT;
import static dev.weft.core.op.ArithmeticOps.SUBTRACT;
import static dev.weft.core.op.ComparisonOps.GREATER;
import static dev.weft.core.op.ComparisonOps.LESS;
import static dev.weft.core.op.DivisionOps.DIVIDE;
import static dev.weft.core.op.ExponentialOps.LOG;
import static dev.weft.core.op.ExponentialOps.LOG1P;
import static dev.weft.core.op.FloatingPointOps.COPYSIGN;
import static dev.weft.core.op.LogicalOps.WHERE;

/**
 * The inverse hyperbolic functions, which neither {@code Math} nor the Vector API has, by way of
 * {@code log1p} so that results near 0 keep their digits; beyond 2^28 the square root would be the
 * number itself. Each is written twice, over numbers and over terms, with the same steps.
 */
final class InverseHyperbolic {
  private static final double LARGE = 0x1p28;

  private InverseHyperbolic() {}

  static double asinh(double x) {
    double a = Math.abs(x);
    double result;
    if (a > LARGE) {
      result = Math.log(a) + Logarithm.LN2;
    } else {
      double square = a * a;
      result = Math.log1p(a + square / (1 + Math.sqrt(square + 1)));
    }
    return Math.copySign(result, x);
  }

  static Term asinh(Term x) {
    Term a = x.apply(ABS);
    Term one = a.constant(1);
    Term square = a.apply(MULTIPLY, a);
    Term root = square.apply(ADD, one).apply(SQRT);
    Term near = a.apply(ADD, square.apply(DIVIDE, root.apply(ADD, one))).apply(LOG1P);
    return a.apply(GREATER, a.constant(LARGE)).apply(WHERE, far(a), near).apply(COPYSIGN, x);
  }

  static double acosh(double a) {
    if (a < 1) {
      return Double.NaN;
    }
    if (a > LARGE) {
      return Math.log(a) + Logarithm.LN2;
    }
    double t = a - 1;
    return Math.log1p(t + Math.sqrt(t * t + (t + t)));
  }

  static Term acosh(Term a) {
    Term t = a.apply(SUBTRACT, a.constant(1));
    Term root = t.apply(MULTIPLY, t).apply(ADD, t.apply(ADD, t)).apply(SQRT);
    Term near = t.apply(ADD, root).apply(LOG1P);
    Term value = a.apply(GREATER, a.constant(LARGE)).apply(WHERE, far(a), near);
    return a.apply(LESS, a.constant(1)).apply(WHERE, a.constant(Double.NaN), value);
  }

  static double atanh(double x) {
    double a = Math.abs(x);
    double t = a + a;
    double inner = a < 0.5 ? t + t * a / (1 - a) : t / (1 - a);
    return Math.copySign(0.5 * Math.log1p(inner), x);
  }

  static Term atanh(Term x) {
    Term a = x.apply(ABS);
    Term t = a.apply(ADD, a);
    Term rest = a.constant(1).apply(SUBTRACT, a);
    Term small = t.apply(ADD, t.apply(MULTIPLY, a).apply(DIVIDE, rest));
    Term inner = a.apply(LESS, a.constant(0.5)).apply(WHERE, small, t.apply(DIVIDE, rest));
    return inner.apply(LOG1P).apply(MULTIPLY, a.constant(0.5)).apply(COPYSIGN, x);
  }

  private static Term far(Term a) {
    return a.apply(LOG).apply(ADD, a.constant(Logarithm.LN2));
  }
}
