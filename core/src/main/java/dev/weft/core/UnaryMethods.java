package dev.weft.core;

import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.ElementwiseOps;

/**
 * Elementwise methods, one for each row of the op table worth a name. All are lazy; types and
 * broadcasting follow NumPy. Rows without a method here are reached by {@link #apply}.
 */
public sealed interface UnaryMethods permits NDArray {
  /** The operation of a row with this array as the first operand. */
  NDArray apply(ElementwiseOp op, NDArray... others);

  /** Absolute value. */
  default NDArray abs() {
    return apply(ElementwiseOps.ABS);
  }

  /** Inverse cosine in radians. */
  default NDArray acos() {
    return apply(ElementwiseOps.ACOS);
  }

  /** Inverse hyperbolic cosine. */
  default NDArray acosh() {
    return apply(ElementwiseOps.ACOSH);
  }

  /** Inverse sine in radians. */
  default NDArray asin() {
    return apply(ElementwiseOps.ASIN);
  }

  /** Inverse hyperbolic sine. */
  default NDArray asinh() {
    return apply(ElementwiseOps.ASINH);
  }

  /** Inverse tangent in radians. */
  default NDArray atan() {
    return apply(ElementwiseOps.ATAN);
  }

  /** Inverse hyperbolic tangent. */
  default NDArray atanh() {
    return apply(ElementwiseOps.ATANH);
  }

  /** Cube root. */
  default NDArray cbrt() {
    return apply(ElementwiseOps.CBRT);
  }

  /** Error function. */
  default NDArray erf() {
    return apply(ElementwiseOps.ERF);
  }

  /** 1 - erf, accurate where erf is near 1. */
  default NDArray erfc() {
    return apply(ElementwiseOps.ERFC);
  }

  /** Gamma function: {@code (n - 1)!} of a whole number n; NaN for negative whole numbers. */
  default NDArray gamma() {
    return apply(ElementwiseOps.GAMMA);
  }

  /** Natural logarithm of the size of the gamma function. */
  default NDArray lgamma() {
    return apply(ElementwiseOps.LGAMMA);
  }

  /** Modified Bessel function of the first kind, order 0. Integers become float64. */
  default NDArray i0() {
    return apply(ElementwiseOps.I0);
  }

  /** Distance to the neighbour of larger size, with the number's sign. */
  default NDArray spacing() {
    return apply(ElementwiseOps.SPACING);
  }

  /** Smallest integer not below. */
  default NDArray ceil() {
    return apply(ElementwiseOps.CEIL);
  }

  /** Cosine of radians. */
  default NDArray cos() {
    return apply(ElementwiseOps.COS);
  }

  /** Hyperbolic cosine. */
  default NDArray cosh() {
    return apply(ElementwiseOps.COSH);
  }

  /** Degrees as radians. */
  default NDArray deg2rad() {
    return apply(ElementwiseOps.DEG2RAD);
  }

  /** E to this power. */
  default NDArray exp() {
    return apply(ElementwiseOps.EXP);
  }

  /** 2 to this power. */
  default NDArray exp2() {
    return apply(ElementwiseOps.EXP2);
  }

  /** Exp - 1, accurate near 0. */
  default NDArray expm1() {
    return apply(ElementwiseOps.EXPM1);
  }

  /** Largest integer not above. */
  default NDArray floor() {
    return apply(ElementwiseOps.FLOOR);
  }

  /** Whether neither infinite nor NaN. */
  default NDArray isfinite() {
    return apply(ElementwiseOps.ISFINITE);
  }

  /** Whether infinite. */
  default NDArray isinf() {
    return apply(ElementwiseOps.ISINF);
  }

  /** Whether not a number. */
  default NDArray isnan() {
    return apply(ElementwiseOps.ISNAN);
  }

  /** Natural logarithm. */
  default NDArray log() {
    return apply(ElementwiseOps.LOG);
  }

  /** Logarithm to base 10. */
  default NDArray log10() {
    return apply(ElementwiseOps.LOG10);
  }

  /** Log(1 + this), accurate near 0. */
  default NDArray log1p() {
    return apply(ElementwiseOps.LOG1P);
  }

  /** Logarithm to base 2. */
  default NDArray log2() {
    return apply(ElementwiseOps.LOG2);
  }

  /** Truth of "not". */
  default NDArray logicalNot() {
    return apply(ElementwiseOps.LOGICAL_NOT);
  }

  /** Negation. */
  default NDArray negative() {
    return apply(ElementwiseOps.NEGATIVE);
  }

  /** Radians as degrees. */
  default NDArray rad2deg() {
    return apply(ElementwiseOps.RAD2DEG);
  }

  /** 1 / this. */
  default NDArray reciprocal() {
    return apply(ElementwiseOps.RECIPROCAL);
  }

  /** Nearest integer, halves to even. */
  default NDArray round() {
    return apply(ElementwiseOps.ROUND);
  }

  /** -1, 0 or 1. */
  default NDArray sign() {
    return apply(ElementwiseOps.SIGN);
  }

  /** Whether the sign bit is set. */
  default NDArray signbit() {
    return apply(ElementwiseOps.SIGNBIT);
  }

  /** Sine of radians. */
  default NDArray sin() {
    return apply(ElementwiseOps.SIN);
  }

  /** Hyperbolic sine. */
  default NDArray sinh() {
    return apply(ElementwiseOps.SINH);
  }

  /** Square root. */
  default NDArray sqrt() {
    return apply(ElementwiseOps.SQRT);
  }

  /** This * this. */
  default NDArray square() {
    return apply(ElementwiseOps.SQUARE);
  }

  /** Tangent of radians. */
  default NDArray tan() {
    return apply(ElementwiseOps.TAN);
  }

  /** Hyperbolic tangent. */
  default NDArray tanh() {
    return apply(ElementwiseOps.TANH);
  }

  /** Integer part. */
  default NDArray trunc() {
    return apply(ElementwiseOps.TRUNC);
  }

  /** Bits inverted. */
  default NDArray bitwiseInvert() {
    return apply(ElementwiseOps.BITWISE_INVERT);
  }

  /** NaN as 0, infinities as the largest numbers. */
  default NDArray nanToNum() {
    return apply(ElementwiseOps.NAN_TO_NUM);
  }
}
