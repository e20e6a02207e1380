package dev.weft.core.op;

import static dev.weft.core.op.ElementwiseOp.Family.FLOATING;
import static dev.weft.core.op.OpBuilder.binary;
import static dev.weft.core.op.OpBuilder.unary;

import java.util.Set;

/** Rows that take floating point numbers apart, put them together and measure their steps. */
interface ScalingOps {
  ElementwiseOp FREXP_MANTISSA =
      unary("frexp_mantissa")
          .floating(ScalingOps::mantissa, "weft_frexp_mantissa(a)")
          .types(TypeRule.FLOATING)
          .doc("a divided by a power of 2, so that it lies between 0.5 and 1 in size")
          .cudaHelper(
              """
              __device__ double weft_frexp_mantissa(double a) {
                int exponent;
                return a == 0 || !isfinite(a) ? a : frexp(a, &exponent);
              }
              """)
          .cost(4)
          .internal()
          .define();

  ElementwiseOp FREXP_EXPONENT =
      unary("frexp_exponent")
          .floating(ScalingOps::exponent, "weft_frexp_exponent(a)")
          .types(TypeRule.FLOATING)
          .doc("the exponent of that power of 2; 0 for 0, nan and infinities")
          .cudaHelper(
              """
              __device__ double weft_frexp_exponent(double a) {
                int exponent = 0;
                if (a != 0 && isfinite(a)) frexp(a, &exponent);
                return exponent;
              }
              """)
          .cost(4)
          .internal()
          .define();

  ElementwiseOp SCALE =
      binary("scale")
          .floating(
              (a, b) -> Math.scalb(a, (int) (b > 5000 ? 5000 : b > -5000 ? b : -5000)),
              "ldexp(a, (int) (b > 5000 ? 5000 : b > -5000 ? b : -5000))")
          .types(TypeRule.FLOATING)
          .doc("a times 2 to the whole number b")
          .cost(4)
          .internal()
          .define();

  ElementwiseOp SPACING =
      unary("spacing")
          .types(TypeRule.FLOATING)
          .doc(
              "distance from a to its neighbour of larger size, with the sign of a; nan if infinite")
          .composed(
              Set.of(FLOATING),
              x -> {
                Term size = x[0].apply(ArithmeticOps.ABS);
                Term next =
                    size.apply(FloatingPointOps.NEXTAFTER, size.constant(Double.POSITIVE_INFINITY));
                Term step = next.apply(ArithmeticOps.SUBTRACT, size);
                Term below = x[0].apply(ComparisonOps.LESS, x[0].constant(0));
                return below.apply(LogicalOps.WHERE, step.apply(ArithmeticOps.NEGATIVE), step);
              })
          .cost(10)
          .refusesHalf()
          .define();

  private static double exponent(double a) {
    if (a == 0 || !Double.isFinite(a)) {
      return 0;
    }
    boolean subnormal = Math.abs(a) < Double.MIN_NORMAL;
    return subnormal ? Math.getExponent(a * 0x1p54) - 53.0 : Math.getExponent(a) + 1.0;
  }

  private static double mantissa(double a) {
    return a == 0 || !Double.isFinite(a) ? a : Math.scalb(a, (int) -exponent(a));
  }
}
