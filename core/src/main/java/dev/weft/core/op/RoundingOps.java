package dev.weft.core.op;

import static dev.weft.core.op.ElementwiseOp.Family.BOOL;
import static dev.weft.core.op.ElementwiseOp.Family.INTEGER;
import static dev.weft.core.op.OpBuilder.unary;

import dev.weft.core.dtype.DType;
import java.util.EnumSet;

/**
 * Rows that give whole numbers. Integers stay as they are. The vector form adds and subtracts 2^52
 * (2^23 for float32), beyond which every number is whole; a zero keeps the sign of the operand.
 */
interface RoundingOps {
  ElementwiseOp ROUND =
      unary("round")
          .integer(a -> a, "a")
          .floating(Math::rint, "rint(a)")
          .doc("nearest whole number, an even one when two are equally near")
          .boolFix("Cast first: x.cast(...)")
          .composed(EnumSet.of(INTEGER), x -> x[0])
          .composed(RoundingOps::round)
          .define();

  ElementwiseOp RINT =
      unary("rint")
          .floating(Math::rint, "rint(a)")
          .types(TypeRule.FLOATING)
          .doc("as round, but integers become floating point numbers")
          .composed(RoundingOps::round)
          .define();

  ElementwiseOp FLOOR =
      unary("floor")
          .bool(a -> a, "a")
          .integer(a -> a, "a")
          .floating(Math::floor, "floor(a)")
          .doc("largest whole number not above a")
          .composed(EnumSet.of(BOOL, INTEGER), x -> x[0])
          .composed(
              x -> {
                Term near = nearest(x[0]);
                Term above = near.apply(ComparisonOps.GREATER, x[0]);
                Term below = near.apply(ArithmeticOps.SUBTRACT, near.constant(1));
                return whole(x[0], above.apply(LogicalOps.WHERE, below, near));
              })
          .define();

  ElementwiseOp CEIL =
      unary("ceil")
          .bool(a -> a, "a")
          .integer(a -> a, "a")
          .floating(Math::ceil, "ceil(a)")
          .doc("smallest whole number not below a")
          .composed(EnumSet.of(BOOL, INTEGER), x -> x[0])
          .composed(
              x -> {
                Term near = nearest(x[0]);
                Term below = near.apply(ComparisonOps.LESS, x[0]);
                Term above = near.apply(ArithmeticOps.ADD, near.constant(1));
                return whole(x[0], below.apply(LogicalOps.WHERE, above, near));
              })
          .define();

  ElementwiseOp TRUNC =
      unary("trunc")
          .bool(a -> a, "a")
          .integer(a -> a, "a")
          .floating(a -> a < 0 ? Math.ceil(a) : Math.floor(a), "trunc(a)")
          .doc("a without its fraction")
          .alias("fix")
          .composed(EnumSet.of(BOOL, INTEGER), x -> x[0])
          .composed(
              x -> {
                Term size = x[0].apply(ArithmeticOps.ABS);
                Term near = nearest(size);
                Term above = near.apply(ComparisonOps.GREATER, size);
                Term below = near.apply(ArithmeticOps.SUBTRACT, near.constant(1));
                return whole(x[0], above.apply(LogicalOps.WHERE, below, near));
              })
          .define();

  private static Term round(Term[] x) {
    return whole(x[0], nearest(x[0]));
  }

  /** The nearest whole number, right up to the limit and but for the sign of zero. */
  private static Term nearest(Term a) {
    Term limit = limit(a);
    Term size = a.apply(ArithmeticOps.ABS);
    Term near = size.apply(ArithmeticOps.ADD, limit).apply(ArithmeticOps.SUBTRACT, limit);
    return near.apply(FloatingPointOps.COPYSIGN, a);
  }

  /** {@code result} with the sign of {@code a}; {@code a} itself beyond the limit and for nan. */
  private static Term whole(Term a, Term result) {
    Term fraction = a.apply(ArithmeticOps.ABS).apply(ComparisonOps.LESS, limit(a));
    return fraction.apply(LogicalOps.WHERE, result.apply(FloatingPointOps.COPYSIGN, a), a);
  }

  private static Term limit(Term a) {
    return a.constant(a.dtype() == DType.FLOAT32 ? 0x1p23 : 0x1p52);
  }
}
