package dev.weft.core.op;

import static dev.weft.core.op.ElementwiseOp.Family.BOOL;
import static dev.weft.core.op.ElementwiseOp.Family.FLOATING;
import static dev.weft.core.op.ElementwiseOp.Family.INTEGER;
import static dev.weft.core.op.ElementwiseOp.Family.UINT64;
import static dev.weft.core.op.OpBuilder.binary;
import static dev.weft.core.op.OpBuilder.ternary;
import static dev.weft.core.op.OpBuilder.unary;

import dev.weft.core.dtype.DType;
import java.util.EnumSet;
import java.util.Set;

/** Rows for sums, products and what is exact about them. Integers wrap around. */
interface ArithmeticOps {
  ElementwiseOp ADD =
      binary("add")
          .bool((a, b) -> a | b, "a | b")
          .integer((a, b) -> a + b, "(unsigned long long) a + b")
          .floating((a, b) -> a + b, "a + b")
          .doc("a + b; for bool: a or b")
          .vector("ADD")
          .vector(BOOL, "OR")
          .define();

  ElementwiseOp SUBTRACT =
      binary("subtract")
          .integer((a, b) -> a - b, "(unsigned long long) a - b")
          .floating((a, b) -> a - b, "a - b")
          .doc("a - b")
          .boolFix("Use bitwise_xor or logical_xor, or cast first: x.cast(...)")
          .vector("SUB")
          .define();

  ElementwiseOp MULTIPLY =
      binary("multiply")
          .bool((a, b) -> a & b, "a & b")
          .integer((a, b) -> a * b, "(unsigned long long) a * b")
          .floating((a, b) -> a * b, "a * b")
          .doc("a * b; for bool: a and b")
          .vector("MUL")
          .vector(BOOL, "AND")
          .define();

  ElementwiseOp NEGATIVE =
      unary("negative")
          .integer(a -> -a, "0ull - a")
          .floating(a -> -a, "-a")
          .doc("-a")
          .boolFix("Use logical_not, or cast first: x.cast(...)")
          .vector("NEG")
          .define();

  ElementwiseOp POSITIVE =
      unary("positive")
          .integer(a -> a, "a")
          .floating(a -> a, "a")
          .doc("a")
          .boolFix("A bool array is its own copy")
          .composed(x -> x[0])
          .define();

  ElementwiseOp ABS =
      unary("abs")
          .bool(a -> a, "a")
          .integer(Math::abs, "a < 0 ? 0ull - a : a")
          .unsigned(a -> a, "a")
          .floating(Math::abs, "fabs(a)")
          .doc("a without its sign; the smallest integer stays as it is")
          .alias("absolute")
          .vector(INTEGER, "ABS")
          .vector(FLOATING, "ABS")
          .composed(EnumSet.of(BOOL), x -> x[0])
          .composed(EnumSet.of(UINT64), x -> x[0])
          .define();

  ElementwiseOp FABS =
      unary("fabs")
          .floating(Math::abs, "fabs(a)")
          .types(TypeRule.FLOATING)
          .doc("a without its sign, as a floating point number")
          .vector("ABS")
          .define();

  ElementwiseOp SIGN =
      unary("sign")
          .integer(Long::signum, "(a > 0) - (a < 0)")
          .unsigned(a -> a == 0 ? 0 : 1, "a != 0")
          .floating(a -> a == 0 ? 0 : Math.signum(a), "isnan(a) ? a : (a > 0) - (a < 0)")
          .doc("-1, 0 or 1 as a is negative, zero or positive; nan for nan")
          .boolFix("Cast first: x.cast(...)")
          .composed(ArithmeticOps::sign)
          .define();

  ElementwiseOp SQUARE =
      unary("square")
          .integer(a -> a * a, "(unsigned long long) a * a")
          .floating(a -> a * a, "a * a")
          .types(TypeRule.NUMERIC)
          .doc("a * a")
          .composed(x -> x[0].apply(MULTIPLY, x[0]))
          .define();

  ElementwiseOp SQRT =
      unary("sqrt")
          .floating(Math::sqrt, "sqrt(a)")
          .types(TypeRule.FLOATING)
          .doc("square root of a; nan below zero")
          .vector("SQRT")
          .cost(4)
          .define();

  ElementwiseOp RECIPROCAL =
      unary("reciprocal")
          .integer(a -> a == 0 ? 0 : 1 / a, "a == 1 || a == -1 ? a : 0")
          .unsigned(a -> a == 1 ? 1 : 0, "a == 1")
          .floating(a -> 1 / a, "1 / a")
          .types(TypeRule.NUMERIC)
          .doc("1 / a; for integers 0 unless a is 1 or -1")
          .composed(ArithmeticOps::reciprocal)
          .cost(4)
          .define();

  ElementwiseOp FMA =
      ternary("fma")
          .floating(Math::fma, "fma(a, b, c)")
          .float32((a, b, c) -> Math.fma((float) a, (float) b, (float) c), "fmaf(a, b, c)")
          .doc("a * b + c, rounded once")
          .vector("FMA")
          .internal()
          .define();

  ElementwiseOp DEG2RAD =
      unary("deg2rad")
          .floating(a -> a * (Math.PI / 180), "a * 0.017453292519943295")
          .float32(a -> (float) a * (float) (Math.PI / 180), "a * 0.017453292f")
          .types(TypeRule.FLOATING)
          .doc("a * pi / 180")
          .alias("radians")
          .composed(x -> x[0].apply(MULTIPLY, x[0].constant(Math.PI / 180)))
          .define();

  ElementwiseOp RAD2DEG =
      unary("rad2deg")
          .floating(a -> a * (180 / Math.PI), "a * 57.29577951308232")
          .float32(a -> (float) a * (180 / (float) Math.PI), "a * 57.295776f")
          .types(TypeRule.FLOATING)
          .doc("a * 180 / pi")
          .alias("degrees")
          .composed(x -> x[0].apply(MULTIPLY, x[0].constant(degrees(x[0].dtype()))))
          .define();

  ElementwiseOp CONJ =
      unary("conj")
          .integer(a -> a, "a")
          .floating(a -> a, "a")
          .types(TypeRule.NUMERIC)
          .doc("a: the complex conjugate of a real number")
          .alias("conjugate")
          .composed(x -> x[0])
          .define();

  ElementwiseOp REAL =
      unary("real")
          .doc("a: the real part of a real number")
          .composed(Set.of(BOOL, INTEGER, FLOATING), x -> x[0])
          .define();

  ElementwiseOp IMAG =
      unary("imag")
          .doc("0: the imaginary part of a real number")
          .composed(Set.of(BOOL, INTEGER, FLOATING), x -> x[0].constant(0))
          .define();

  /** For float32 the quotient of the rounded numbers, as in NumPy. */
  private static double degrees(DType dtype) {
    return dtype == DType.FLOAT32 ? 180 / (float) Math.PI : 180 / Math.PI;
  }

  private static Term sign(Term[] x) {
    Term a = x[0];
    Term zero = a.constant(0);
    Term positive = a.apply(ComparisonOps.GREATER, zero);
    if (a.dtype().kind() == DType.Kind.UNSIGNED) {
      return positive.apply(LogicalOps.WHERE, a.constant(1), zero);
    }
    Term negative = a.apply(ComparisonOps.LESS, zero);
    Term rest = negative.apply(LogicalOps.WHERE, a.constant(-1), zero);
    if (a.dtype().isFloating()) {
      Term number = a.apply(ComparisonOps.EQUAL, a);
      rest = number.apply(LogicalOps.WHERE, rest, a);
    }
    return positive.apply(LogicalOps.WHERE, a.constant(1), rest);
  }

  private static Term reciprocal(Term[] x) {
    Term a = x[0];
    if (a.dtype().isFloating()) {
      return a.constant(1).apply(DivisionOps.DIVIDE, a);
    }
    // Only 1 and -1 have a whole reciprocal: those whose square is 1 without wrapping around.
    Term one = a.apply(ComparisonOps.EQUAL, a.constant(1));
    if (a.dtype().kind() == DType.Kind.SIGNED) {
      one = one.apply(BitwiseOps.BITWISE_OR, a.apply(ComparisonOps.EQUAL, a.constant(-1)));
    }
    return one.apply(LogicalOps.WHERE, a, a.constant(0));
  }
}
