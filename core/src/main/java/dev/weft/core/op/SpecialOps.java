package dev.weft.core.op;

import static dev.weft.core.op.OpBuilder.unary;

/**
 * Rows for special functions: those of C, and NumPy's {@code i0}. On CUDA those of C are CUDA's
 * own, within what its programming guide states.
 */
interface SpecialOps {
  ElementwiseOp ERF =
      unary("erf")
          .floating(SpecialFunctions::erf, "erf(a)")
          .types(TypeRule.FLOATING)
          .doc("error function of a")
          .ulps(2)
          .define();

  ElementwiseOp ERFC =
      unary("erfc")
          .floating(SpecialFunctions::erfc, "erfc(a)")
          .types(TypeRule.FLOATING)
          .doc("1 - erf(a), accurate where erf(a) is near 1")
          .ulps(5)
          .cost(40)
          .define();

  ElementwiseOp GAMMA =
      unary("gamma")
          .floating(SpecialFunctions::gamma, "tgamma(a)")
          .types(TypeRule.FLOATING)
          .doc("gamma function of a; nan for negative whole numbers")
          .ulps(10)
          .cost(60)
          .define();

  ElementwiseOp LGAMMA =
      unary("lgamma")
          .floating(SpecialFunctions::lgamma, "lgamma(a)")
          .types(TypeRule.FLOATING)
          .doc("logarithm of the size of gamma(a)")
          .alias("gammaln")
          .ulps(4)
          .cancels()
          .cost(60)
          .define();

  ElementwiseOp I0 =
      unary("i0")
          .floating(SpecialFunctions::i0, "weft_i0(a)")
          .types(TypeRule.DIVISION)
          .doc("modified Bessel function of the first kind, order 0, of a")
          .cudaHelper(
              SpecialPolynomials.BESSEL_NEAR.cuda("weft_i0_near")
                  + SpecialPolynomials.BESSEL_FAR.cuda("weft_i0_far")
                  + """
                  __device__ double weft_i0(double a) {
                    a = fabs(a);
                    if (a < 8) return weft_i0_near(0.25 * a * a);
                    if (isinf(a)) return a;
                    double scaled = weft_i0_far(1 / a) / sqrt(a);
                    if (a < 700) return exp(a) * scaled;
                    double root = exp(0.5 * a);
                    return isinf(root) ? root : root * scaled * root;
                  }
                  """)
          .ulps(4)
          .cost(40)
          .define();
}
