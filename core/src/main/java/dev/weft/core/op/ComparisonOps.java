package dev.weft.core.op;

import static dev.weft.core.op.ElementwiseOp.Family.BOOL;
import static dev.weft.core.op.ElementwiseOp.Family.FLOATING;
import static dev.weft.core.op.ElementwiseOp.Family.INTEGER;
import static dev.weft.core.op.ElementwiseOp.Family.UINT64;
import static dev.weft.core.op.OpBuilder.comparison;

import dev.weft.core.dtype.DType;
import java.util.Set;

/** Rows that compare two numbers. Every comparison with nan is false but {@code not_equal}. */
interface ComparisonOps {
  ElementwiseOp EQUAL =
      comparison("equal")
          .integer((a, b) -> a == b, "a == b")
          .floating((a, b) -> a == b, "a == b")
          .doc("whether a and b are equal")
          .vector("EQ")
          .define();

  ElementwiseOp NOT_EQUAL =
      comparison("not_equal")
          .integer((a, b) -> a != b, "a != b")
          .floating((a, b) -> a != b, "a != b")
          .doc("whether a and b differ")
          .vector("NE")
          .define();

  ElementwiseOp LESS =
      comparison("less")
          .integer((a, b) -> a < b, "a < b")
          .unsigned((a, b) -> Long.compareUnsigned(a, b) < 0, "a < b")
          .floating((a, b) -> a < b, "a < b")
          .doc("a < b")
          .vector("LT")
          .vector(UINT64, "ULT")
          .define();

  ElementwiseOp LESS_EQUAL =
      comparison("less_equal")
          .integer((a, b) -> a <= b, "a <= b")
          .unsigned((a, b) -> Long.compareUnsigned(a, b) <= 0, "a <= b")
          .floating((a, b) -> a <= b, "a <= b")
          .doc("a <= b")
          .vector("LE")
          .vector(UINT64, "ULE")
          .define();

  ElementwiseOp GREATER =
      comparison("greater")
          .integer((a, b) -> a > b, "a > b")
          .unsigned((a, b) -> Long.compareUnsigned(a, b) > 0, "a > b")
          .floating((a, b) -> a > b, "a > b")
          .doc("a > b")
          .vector("GT")
          .vector(UINT64, "UGT")
          .define();

  ElementwiseOp GREATER_EQUAL =
      comparison("greater_equal")
          .integer((a, b) -> a >= b, "a >= b")
          .unsigned((a, b) -> Long.compareUnsigned(a, b) >= 0, "a >= b")
          .floating((a, b) -> a >= b, "a >= b")
          .doc("a >= b")
          .vector("GE")
          .vector(UINT64, "UGE")
          .define();

  ElementwiseOp ISCLOSE =
      comparison("isclose")
          .doc("whether |a - b| <= 1e-8 + 1e-5 * |b|, or a equals b")
          .composed(Set.of(BOOL, INTEGER, FLOATING), x -> isClose(floating(x[0]), floating(x[1])))
          .define();

  private static Term floating(Term a) {
    return a.dtype().isFloating() ? a : a.cast(DType.FLOAT64);
  }

  private static Term isClose(Term a, Term b) {
    Term distance = a.apply(ArithmeticOps.SUBTRACT, b).apply(ArithmeticOps.ABS);
    Term relative = b.apply(ArithmeticOps.ABS).apply(ArithmeticOps.MULTIPLY, b.constant(1e-5));
    Term allowed = relative.apply(ArithmeticOps.ADD, b.constant(1e-8));
    Term near =
        distance
            .apply(LESS_EQUAL, allowed)
            .apply(BitwiseOps.BITWISE_AND, b.apply(FloatingPointOps.ISFINITE));
    return near.apply(BitwiseOps.BITWISE_OR, a.apply(EQUAL, b));
  }
}
