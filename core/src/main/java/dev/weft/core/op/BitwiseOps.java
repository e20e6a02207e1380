package dev.weft.core.op;

import static dev.weft.core.op.ElementwiseOp.Family.BOOL;
import static dev.weft.core.op.ElementwiseOp.Family.INTEGER;
import static dev.weft.core.op.ElementwiseOp.Family.UINT64;
import static dev.weft.core.op.OpBuilder.binary;
import static dev.weft.core.op.OpBuilder.unary;

import dev.weft.core.dtype.DType;
import java.util.EnumSet;

/**
 * Rows over the bits of integers. A shift by the width or more leaves 0, or the sign for a negative
 * number shifted to the right; a negative distance counts as such.
 */
interface BitwiseOps {
  ElementwiseOp LANE_SHIFT_LEFT =
      binary("lane_shift_left")
          .integer((a, b) -> a << b, "(unsigned long long) a << (b & 63)")
          .doc("a << b for b from 0 to the type's width - 1; anything for other b")
          .vector("LSHL")
          .internal()
          .define();

  ElementwiseOp LANE_SHIFT_RIGHT =
      binary("lane_shift_right")
          .integer((a, b) -> a >> b, "a >> (b & 63)")
          .unsigned((a, b) -> a >>> b, "a >> (b & 63)")
          .doc("a >> b for b from 0 to the type's width - 1; anything for other b")
          .vector("ASHR")
          .vector(UINT64, "LSHR")
          .internal()
          .define();

  ElementwiseOp BITWISE_AND =
      binary("bitwise_and")
          .bool((a, b) -> a & b, "a & b")
          .integer((a, b) -> a & b, "a & b")
          .doc("bits set in both a and b")
          .vector("AND")
          .define();

  ElementwiseOp BITWISE_OR =
      binary("bitwise_or")
          .bool((a, b) -> a | b, "a | b")
          .integer((a, b) -> a | b, "a | b")
          .doc("bits set in a or b")
          .vector("OR")
          .define();

  ElementwiseOp BITWISE_XOR =
      binary("bitwise_xor")
          .bool((a, b) -> a ^ b, "a ^ b")
          .integer((a, b) -> a ^ b, "a ^ b")
          .doc("bits set in exactly one of a and b")
          .vector("XOR")
          .define();

  ElementwiseOp BITWISE_INVERT =
      unary("bitwise_invert")
          .bool(a -> a ^ 1, "a ^ 1")
          .integer(a -> ~a, "~a")
          .doc("bits not set in a; for bool: not a")
          .alias("invert", "bitwise_not")
          .vector(INTEGER, "NOT")
          .composed(EnumSet.of(BOOL), x -> x[0].apply(BITWISE_XOR, x[0].constant(1)))
          .define();

  ElementwiseOp BITWISE_LEFT_SHIFT =
      binary("bitwise_left_shift")
          .integer(
              (a, b) -> b >= 0 && b < 64 ? a << b : 0,
              "b >= 0 && b < 64 ? (unsigned long long) a << b : 0")
          .types(TypeRule.NUMERIC)
          .doc("bits of a moved b places to the left")
          .alias("left_shift")
          .composed(x -> guarded(LANE_SHIFT_LEFT, x[0], x[1]))
          .define();

  ElementwiseOp BITWISE_RIGHT_SHIFT =
      binary("bitwise_right_shift")
          .integer((a, b) -> a >> (b >= 0 && b < 64 ? b : 63), "a >> (b >= 0 && b < 64 ? b : 63)")
          .unsigned((a, b) -> b >= 0 && b < 64 ? a >>> b : 0, "b < 64 ? a >> b : 0")
          .types(TypeRule.NUMERIC)
          .doc("bits of a moved b places to the right, filled with the sign")
          .alias("right_shift")
          .composed(x -> guarded(LANE_SHIFT_RIGHT, x[0], x[1]))
          .define();

  /** Machines take the distance modulo the width, so distances beyond it are decided here. */
  private static Term guarded(ElementwiseOp shift, Term a, Term b) {
    Term inside = b.apply(ComparisonOps.LESS, b.constant(8 * b.dtype().itemSize()));
    Term outside = a.constant(0);
    if (a.dtype().kind() == DType.Kind.SIGNED) {
      Term positive = b.apply(ComparisonOps.GREATER_EQUAL, b.constant(0));
      inside = inside.apply(BITWISE_AND, positive);
      if (shift == LANE_SHIFT_RIGHT) {
        Term negative = a.apply(ComparisonOps.LESS, a.constant(0));
        outside = negative.apply(LogicalOps.WHERE, a.constant(-1), outside);
      }
    }
    return inside.apply(LogicalOps.WHERE, a.apply(shift, b), outside);
  }
}
