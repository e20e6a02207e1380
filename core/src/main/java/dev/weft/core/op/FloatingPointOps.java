package dev.weft.core.op;

import static dev.weft.core.op.ElementwiseOp.Family.BOOL;
import static dev.weft.core.op.ElementwiseOp.Family.FLOATING;
import static dev.weft.core.op.ElementwiseOp.Family.INTEGER;
import static dev.weft.core.op.OpBuilder.binary;
import static dev.weft.core.op.OpBuilder.predicate;
import static dev.weft.core.op.OpBuilder.unary;

import dev.weft.core.dtype.DType;
import java.util.EnumSet;
import java.util.Set;

/** Rows about the form of floating point numbers: nan, infinities, signs, neighbours and bits. */
interface FloatingPointOps {
  ElementwiseOp FLOAT_BITS =
      unary("float_bits")
          .bits(Double::doubleToRawLongBits, a -> Float.floatToRawIntBits((float) a))
          .doc("the bits of a as an integer of the same width")
          .vector("REINTERPRET")
          .internal()
          .refusesHalf()
          .define();

  ElementwiseOp BITS_FLOAT =
      unary("bits_float")
          .fromBits(Double::longBitsToDouble, a -> Float.intBitsToFloat((int) a))
          .doc("the floating point number of the same width that has the bits of a")
          .vector("REINTERPRET")
          .internal()
          .refusesHalf()
          .define();

  ElementwiseOp ISNAN =
      predicate("isnan")
          .bool(a -> false, "false")
          .integer(a -> false, "false")
          .floating(Double::isNaN, "isnan(a)")
          .doc("whether a is nan")
          .composed(x -> x[0].apply(ComparisonOps.NOT_EQUAL, x[0]))
          .define();

  ElementwiseOp ISINF =
      predicate("isinf")
          .bool(a -> false, "false")
          .integer(a -> false, "false")
          .floating(Double::isInfinite, "isinf(a)")
          .doc("whether a is infinite")
          .composed(EnumSet.of(BOOL, INTEGER), x -> x[0].apply(ComparisonOps.NOT_EQUAL, x[0]))
          .composed(x -> sized(x[0], ComparisonOps.EQUAL))
          .define();

  ElementwiseOp ISFINITE =
      predicate("isfinite")
          .bool(a -> true, "true")
          .integer(a -> true, "true")
          .floating(Double::isFinite, "isfinite(a)")
          .doc("whether a is neither nan nor infinite")
          .composed(EnumSet.of(BOOL, INTEGER), x -> x[0].apply(ComparisonOps.EQUAL, x[0]))
          .composed(x -> sized(x[0], ComparisonOps.LESS))
          .define();

  ElementwiseOp SIGNBIT =
      predicate("signbit")
          .bool(a -> false, "false")
          .integer(a -> a < 0, "a < 0")
          .unsigned(a -> false, "false")
          .floating(a -> Double.doubleToRawLongBits(a) < 0, "signbit(a)")
          .doc("whether the sign of a is negative, that of -0 and nan included")
          .composed(EnumSet.of(BOOL, INTEGER), x -> x[0].apply(ComparisonOps.LESS, zero(x[0])))
          .composed(
              x -> {
                Term bits = x[0].apply(FLOAT_BITS);
                return bits.apply(ComparisonOps.LESS, zero(bits));
              })
          .define();

  ElementwiseOp COPYSIGN =
      binary("copysign")
          .floating(FloatingPointOps::copySign, "copysign(a, b)")
          .types(TypeRule.FLOATING)
          .doc("a with the sign of b")
          .composed(
              x -> {
                Term a = x[0].apply(FLOAT_BITS);
                Term size = a.apply(BitwiseOps.BITWISE_AND, a.constant(a.dtype().maxValue()));
                Term b = x[1].apply(FLOAT_BITS);
                Term sign = b.apply(BitwiseOps.BITWISE_AND, b.constant(b.dtype().minValue()));
                return size.apply(BitwiseOps.BITWISE_OR, sign).apply(BITS_FLOAT);
              })
          .define();

  ElementwiseOp NEXTAFTER =
      binary("nextafter")
          .floating((a, b) -> Math.nextAfter(a, b), "nextafter(a, b)")
          .float32((a, b) -> Math.nextAfter((float) a, b), "nextafterf(a, b)")
          .types(TypeRule.FLOATING)
          .doc("the neighbour of a on the way to b; b if they are equal")
          .composed(FloatingPointOps::nextAfter)
          .refusesHalf()
          .define();

  ElementwiseOp HEAVISIDE =
      binary("heaviside")
          .types(TypeRule.FLOATING)
          .doc("0 where a is below 0, b where it is 0, 1 above; nan for nan")
          .composed(
              Set.of(FLOATING),
              x -> {
                Term a = x[0];
                Term step = a.apply(ComparisonOps.GREATER, zero(a)).cast(a.dtype());
                Term beside = a.apply(ISNAN).apply(LogicalOps.WHERE, a, step);
                return a.apply(ComparisonOps.EQUAL, zero(a)).apply(LogicalOps.WHERE, x[1], beside);
              })
          .define();

  ElementwiseOp NAN_TO_NUM =
      unary("nan_to_num")
          .doc("a, with 0 for nan and the largest or smallest finite number for infinities")
          .composed(Set.of(BOOL, INTEGER), x -> x[0])
          .composed(Set.of(FLOATING), x -> finite(x[0]))
          .refusesHalf()
          .define();

  private static Term zero(Term a) {
    return a.constant(0);
  }

  private static Term sized(Term a, ElementwiseOp relation) {
    return a.apply(ArithmeticOps.ABS).apply(relation, a.constant(Double.POSITIVE_INFINITY));
  }

  /** Unlike {@code Math.copySign}, takes the sign of a nan too. */
  private static double copySign(double a, double b) {
    long size = Double.doubleToRawLongBits(a) & Long.MAX_VALUE;
    return Double.longBitsToDouble(size | Double.doubleToRawLongBits(b) & Long.MIN_VALUE);
  }

  /** Neighbours of a number differ by 1 as integers; both zeros have the same neighbours. */
  private static Term nextAfter(Term[] x) {
    Term a = x[0];
    Term b = x[1];
    Term bits = a.apply(FLOAT_BITS);
    Term away =
        b.apply(ComparisonOps.GREATER, a)
            .apply(ComparisonOps.EQUAL, a.apply(ComparisonOps.GREATER, zero(a)));
    Term step = away.apply(LogicalOps.WHERE, bits.constant(1), bits.constant(-1));
    Term moved = bits.apply(ArithmeticOps.ADD, step).apply(BITS_FLOAT);
    Term least =
        a.constant(a.dtype() == DType.FLOAT32 ? Float.MIN_VALUE : Double.MIN_VALUE)
            .apply(COPYSIGN, b);
    Term neighbour = a.apply(ComparisonOps.EQUAL, zero(a)).apply(LogicalOps.WHERE, least, moved);
    Term same = a.apply(ComparisonOps.EQUAL, b).apply(LogicalOps.WHERE, b, neighbour);
    Term sum = a.apply(ArithmeticOps.ADD, b);
    return sum.apply(ISNAN)
        .apply(BitwiseOps.BITWISE_AND, a.apply(ISNAN).apply(BitwiseOps.BITWISE_OR, b.apply(ISNAN)))
        .apply(LogicalOps.WHERE, sum, same);
  }

  private static Term finite(Term a) {
    double largest = a.dtype() == DType.FLOAT32 ? Float.MAX_VALUE : Double.MAX_VALUE;
    Term bounded =
        a.apply(ExtremumOps.MAXIMUM, a.constant(-largest))
            .apply(ExtremumOps.MINIMUM, a.constant(largest));
    return a.apply(ISNAN).apply(LogicalOps.WHERE, zero(a), bounded);
  }
}
