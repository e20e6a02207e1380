package dev.weft.core.op;

import static dev.weft.core.op.ArithmeticOps.ADD;
import static dev.weft.core.op.ArithmeticOps.FMA;
import static dev.weft.core.op.ArithmeticOps.MULTIPLY;
import static dev.weft.core.op.ArithmeticOps.SUBTRACT;
import static dev.weft.core.op.BitwiseOps.BITWISE_AND;
import static dev.weft.core.op.BitwiseOps.BITWISE_OR;
import static dev.weft.core.op.BitwiseOps.LANE_SHIFT_RIGHT;
import static dev.weft.core.op.ComparisonOps.GREATER;
import static dev.weft.core.op.ComparisonOps.LESS;
import static dev.weft.core.op.ExponentialOps.LOG;
import static dev.weft.core.op.FloatingPointOps.BITS_FLOAT;
import static dev.weft.core.op.FloatingPointOps.FLOAT_BITS;
import static dev.weft.core.op.LogicalOps.WHERE;

import dev.weft.core.dtype.DType;

/**
 * The logarithm to base 2: exponent plus {@code log(m) / log(2)} for m from sqrt(1/2) to sqrt(2),
 * so that nothing is lost to the exponent and powers of 2 are exact.
 */
final class Logarithm {
  static final double LN2 = 0.6931471805599453;
  static final double LOG2_E = 1.4426950408889634;

  /** log2(e) minus its double. */
  private static final double LOG2_E_REST = 2.0355273740931033e-17;

  private Logarithm() {}

  static double base2(double a) {
    if (!(a > 0 && a < Double.POSITIVE_INFINITY)) {
      return Math.log(a);
    }
    boolean subnormal = a < Double.MIN_NORMAL;
    double normal = subnormal ? a * 0x1p54 : a;
    double exponent = Math.getExponent(normal) - (subnormal ? 54 : 0);
    double mantissa = normal * Math.scalb(1.0, -Math.getExponent(normal));
    if (mantissa > Math.sqrt(2)) {
      mantissa *= 0.5;
      exponent += 1;
    }
    double log = Math.log(mantissa);
    return Math.fma(log, LOG2_E, Math.fma(log, LOG2_E_REST, exponent));
  }

  /** As for double, with the exponent taken from the bits: 2^52 + e has e as its last bits. */
  static Term base2(Term[] x) {
    Term a = x[0];
    boolean narrow = a.dtype() == DType.FLOAT32;
    int width = narrow ? 23 : 52;
    Term subnormal = a.apply(LESS, a.constant(narrow ? Float.MIN_NORMAL : Double.MIN_NORMAL));
    Term scaled = a.apply(MULTIPLY, a.constant(0x1p54));
    Term bits = subnormal.apply(WHERE, scaled, a).apply(FLOAT_BITS);
    Term places = bits.constant(width);
    Term offset = bits.constant(narrow ? 0x4B00_0000 : 0x4330_0000_0000_0000L);
    Term biased = bits.apply(LANE_SHIFT_RIGHT, places).apply(BITWISE_OR, offset).apply(BITS_FLOAT);
    double bias = Math.scalb(1.0, width) + (narrow ? 127 : 1023);
    Term shift = subnormal.apply(WHERE, a.constant(bias + 54), a.constant(bias));
    Term exponent = biased.apply(SUBTRACT, shift);
    Term one = bits.constant(narrow ? 0x3F80_0000 : 0x3FF0_0000_0000_0000L);
    Term fraction = bits.constant(Math.scalb(1.0, width) - 1);
    Term mantissa = bits.apply(BITWISE_AND, fraction).apply(BITWISE_OR, one).apply(BITS_FLOAT);
    Term large = mantissa.apply(GREATER, a.constant(Math.sqrt(2)));
    Term half = mantissa.apply(MULTIPLY, a.constant(0.5));
    Term next = exponent.apply(ADD, a.constant(1));
    Term log = large.apply(WHERE, half, mantissa).apply(LOG);
    Term whole = large.apply(WHERE, next, exponent);
    double factor = narrow ? (float) LOG2_E : LOG2_E;
    double rest = narrow ? LOG2_E - factor : LOG2_E_REST;
    Term low = log.apply(FMA, a.constant(rest), whole);
    Term result = log.apply(FMA, a.constant(factor), low);
    Term ordinary =
        a.apply(GREATER, a.constant(0))
            .apply(BITWISE_AND, a.apply(LESS, a.constant(Double.POSITIVE_INFINITY)));
    return ordinary.apply(WHERE, result, a.apply(LOG));
  }
}
