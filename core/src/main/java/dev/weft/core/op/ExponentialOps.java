package dev.weft.core.op;

import static dev.weft.core.op.ElementwiseOp.Family.FLOATING;
import static dev.weft.core.op.OpBuilder.binary;
import static dev.weft.core.op.OpBuilder.unary;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import java.util.EnumSet;

/** Rows for powers, exponentials and logarithms. */
interface ExponentialOps {
  ElementwiseOp POW =
      binary("pow")
          .integer(ExponentialOps::integerPower, "weft_pow(a, b)")
          .unsigned(ExponentialOps::unsignedPower, "weft_unsigned_pow(a, b)")
          .floating(ExponentialOps::power, "pow(a, b)")
          .types(TypeRule.NUMERIC)
          .doc("a to the power b; a negative b is refused for integers")
          .alias("power")
          .cudaHelper(
              """
              __device__ unsigned long long weft_unsigned_pow(
                  unsigned long long base, unsigned long long b) {
                unsigned long long result = 1;
                for (; b != 0; b >>= 1, base *= base) if (b & 1) result *= base;
                return result;
              }
              __device__ long long weft_pow(long long a, long long b) {
                if (b < 0) return a == 1 ? 1 : a == -1 ? (b & 1 ? -1 : 1) : 0;
                return (long long) weft_unsigned_pow(a, b);
              }
              """)
          .composed(EnumSet.of(FLOATING), ExponentialOps::power)
          .ulps(1)
          .cost(40)
          .define();

  ElementwiseOp LANE_POW =
      binary("lane_pow")
          .floating(Math::pow, "pow(a, b)")
          .types(TypeRule.FLOATING)
          .doc("a to the power b; anything for a = 1 with b nan, and |a| = 1 with b infinite")
          .vector("POW")
          .ulps(1)
          .cost(40)
          .internal()
          .define();

  ElementwiseOp CBRT =
      unary("cbrt")
          .floating(Math::cbrt, "cbrt(a)")
          .types(TypeRule.FLOATING)
          .doc("cube root of a")
          .vector("CBRT")
          .ulps(1)
          .define();

  ElementwiseOp HYPOT =
      binary("hypot")
          .floating(Math::hypot, "hypot(a, b)")
          .types(TypeRule.FLOATING)
          .doc("square root of a * a + b * b, without overflow on the way")
          .vector("HYPOT")
          .ulps(2)
          .define();

  ElementwiseOp EXP =
      unary("exp")
          .floating(Math::exp, "exp(a)")
          .types(TypeRule.FLOATING)
          .doc("e to the power a")
          .vector("EXP")
          .ulps(1)
          .define();

  ElementwiseOp EXP2 =
      unary("exp2")
          .floating(a -> Math.pow(2, a), "exp2(a)")
          .types(TypeRule.FLOATING)
          .doc("2 to the power a")
          .composed(x -> x[0].constant(2).apply(LANE_POW, x[0]))
          .ulps(1)
          .cost(40)
          .define();

  ElementwiseOp EXPM1 =
      unary("expm1")
          .floating(Math::expm1, "expm1(a)")
          .types(TypeRule.FLOATING)
          .doc("e to the power a, minus 1, accurate near 0")
          .vector("EXPM1")
          .ulps(1)
          .define();

  ElementwiseOp LOG =
      unary("log")
          .floating(Math::log, "log(a)")
          .types(TypeRule.FLOATING)
          .doc("natural logarithm of a")
          .vector("LOG")
          .ulps(1)
          .define();

  ElementwiseOp LOG1P =
      unary("log1p")
          .floating(Math::log1p, "log1p(a)")
          .types(TypeRule.FLOATING)
          .doc("natural logarithm of 1 + a, accurate near 0")
          .vector("LOG1P")
          .ulps(1)
          .define();

  ElementwiseOp LOG2 =
      unary("log2")
          .floating(Logarithm::base2, "log2(a)")
          .types(TypeRule.FLOATING)
          .doc("logarithm of a to base 2, exact for powers of 2")
          .composed(Logarithm::base2)
          .ulps(2)
          .define();

  ElementwiseOp LOG10 =
      unary("log10")
          .floating(Math::log10, "log10(a)")
          .types(TypeRule.FLOATING)
          .doc("logarithm of a to base 10")
          .vector("LOG10")
          .ulps(1)
          .define();

  ElementwiseOp LOGADDEXP =
      binary("logaddexp")
          .floating(ExponentialOps::logAddExp, "weft_logaddexp(a, b)")
          .types(TypeRule.FLOATING)
          .doc("log(exp(a) + exp(b)), without overflow on the way")
          .cudaHelper(
              """
              template <typename T> __device__ T weft_logaddexp(T a, T b) {
                if (a == b) return a + (T) 0.6931471805599453;
                T d = a - b;
                return isnan(d) ? d : (d > 0 ? a : b) + log1p(exp(-fabs(d)));
              }
              """)
          .composed(ExponentialOps::logAddExp)
          .ulps(2)
          .cancels()
          .cost(35)
          .define();

  ElementwiseOp LOGADDEXP2 =
      binary("logaddexp2")
          .floating(ExponentialOps::logAddExp2, "weft_logaddexp2(a, b)")
          .types(TypeRule.FLOATING)
          .doc("log2(2 ** a + 2 ** b), without overflow on the way")
          .cudaHelper(
              """
              template <typename T> __device__ T weft_logaddexp2(T a, T b) {
                if (a == b) return a + (T) 1;
                T d = a - b;
                if (isnan(d)) return d;
                return (d > 0 ? a : b) + (T) 1.4426950408889634 * log1p(exp2(-fabs(d)));
              }
              """)
          .composed(ExponentialOps::logAddExp2)
          .ulps(2)
          .cancels()
          .cost(60)
          .define();

  private static long integerPower(long a, long b) {
    if (b < 0) {
      throw new UsageException(
          "pow: integers to negative integer powers are not allowed (%d to the power %d); make one of them floating, as in %d.0"
              .formatted(a, b, a));
    }
    return unsignedPower(a, b);
  }

  private static long unsignedPower(long a, long b) {
    long result = 1;
    long base = a;
    for (long rest = b; rest != 0; rest >>>= 1) {
      if ((rest & 1) != 0) {
        result *= base;
      }
      base *= base;
    }
    return result;
  }

  /** C's pow, as in NumPy; Java's differs where it is nan for a base of 1 or -1. */
  private static double power(double a, double b) {
    if (a == 1 || a == -1 && Double.isInfinite(b)) {
      return 1;
    }
    return Math.pow(a, b);
  }

  /**
   * Computed in float64: the vector operation for float32 loses the sign of a negative number's odd
   * power that is too small for float32.
   */
  private static Term power(Term[] x) {
    Term a = x[0].cast(DType.FLOAT64);
    Term b = x[1].cast(DType.FLOAT64);
    Term one = a.constant(1);
    Term infinite = b.apply(FloatingPointOps.ISINF);
    Term negative = a.apply(ComparisonOps.EQUAL, a.constant(-1));
    Term always =
        a.apply(ComparisonOps.EQUAL, one)
            .apply(BitwiseOps.BITWISE_OR, negative.apply(BitwiseOps.BITWISE_AND, infinite));
    Term power = always.apply(LogicalOps.WHERE, one, a.apply(LANE_POW, b));
    return power.cast(x[0].dtype());
  }

  private static double logAddExp(double a, double b) {
    if (a == b) {
      return a + Logarithm.LN2;
    }
    double difference = a - b;
    return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(difference)));
  }

  private static double logAddExp2(double a, double b) {
    if (a == b) {
      return a + 1;
    }
    double rest = Math.log1p(Math.pow(2, -Math.abs(a - b)));
    return Math.max(a, b) + Logarithm.LOG2_E * rest;
  }

  private static Term logAddExp2(Term[] x) {
    Term a = x[0];
    Term b = x[1];
    Term distance = a.apply(ArithmeticOps.SUBTRACT, b).apply(ArithmeticOps.ABS);
    Term rest = distance.apply(ArithmeticOps.NEGATIVE).apply(EXP2).apply(LOG1P);
    Term bits = rest.apply(ArithmeticOps.MULTIPLY, a.constant(Logarithm.LOG2_E));
    Term sum = a.apply(ExtremumOps.MAXIMUM, b).apply(ArithmeticOps.ADD, bits);
    Term equal = a.apply(ArithmeticOps.ADD, a.constant(1));
    return a.apply(ComparisonOps.EQUAL, b).apply(LogicalOps.WHERE, equal, sum);
  }

  private static Term logAddExp(Term[] x) {
    Term a = x[0];
    Term b = x[1];
    Term distance = a.apply(ArithmeticOps.SUBTRACT, b).apply(ArithmeticOps.ABS);
    Term rest = distance.apply(ArithmeticOps.NEGATIVE).apply(EXP).apply(LOG1P);
    Term sum = a.apply(ExtremumOps.MAXIMUM, b).apply(ArithmeticOps.ADD, rest);
    // Equal infinities have no difference.
    Term equal = a.apply(ArithmeticOps.ADD, a.constant(Logarithm.LN2));
    return a.apply(ComparisonOps.EQUAL, b).apply(LogicalOps.WHERE, equal, sum);
  }
}
