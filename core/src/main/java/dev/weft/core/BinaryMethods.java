package dev.weft.core;

import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.ElementwiseOps;

/**
 * Elementwise methods with two operands, one for each row of the op table worth a name. The other
 * operand may be a Java number, which never widens this array's type within its family.
 */
public sealed interface BinaryMethods permits NDArray {
  /** The operation of a row with this array as the first operand. */
  NDArray apply(ElementwiseOp op, NDArray... others);

  /** The operation of a row with this array and a number. */
  NDArray apply(ElementwiseOp op, double other);

  /** The operation of a row with this array and an integer. */
  NDArray apply(ElementwiseOp op, long other);

  /** Sum. */
  default NDArray add(NDArray other) {
    return apply(ElementwiseOps.ADD, other);
  }

  /** Sum. */
  default NDArray add(double other) {
    return apply(ElementwiseOps.ADD, other);
  }

  /** Sum. */
  default NDArray add(long other) {
    return apply(ElementwiseOps.ADD, other);
  }

  /** Difference. */
  default NDArray subtract(NDArray other) {
    return apply(ElementwiseOps.SUBTRACT, other);
  }

  /** Difference. */
  default NDArray subtract(double other) {
    return apply(ElementwiseOps.SUBTRACT, other);
  }

  /** Difference. */
  default NDArray subtract(long other) {
    return apply(ElementwiseOps.SUBTRACT, other);
  }

  /** Product. */
  default NDArray multiply(NDArray other) {
    return apply(ElementwiseOps.MULTIPLY, other);
  }

  /** Product. */
  default NDArray multiply(double other) {
    return apply(ElementwiseOps.MULTIPLY, other);
  }

  /** Product. */
  default NDArray multiply(long other) {
    return apply(ElementwiseOps.MULTIPLY, other);
  }

  /** True quotient. */
  default NDArray divide(NDArray other) {
    return apply(ElementwiseOps.DIVIDE, other);
  }

  /** True quotient. */
  default NDArray divide(double other) {
    return apply(ElementwiseOps.DIVIDE, other);
  }

  /** True quotient. */
  default NDArray divide(long other) {
    return apply(ElementwiseOps.DIVIDE, other);
  }

  /** Quotient rounded down. */
  default NDArray floorDivide(NDArray other) {
    return apply(ElementwiseOps.FLOOR_DIVIDE, other);
  }

  /** Quotient rounded down. */
  default NDArray floorDivide(double other) {
    return apply(ElementwiseOps.FLOOR_DIVIDE, other);
  }

  /** Quotient rounded down. */
  default NDArray floorDivide(long other) {
    return apply(ElementwiseOps.FLOOR_DIVIDE, other);
  }

  /** Remainder with the divisor's sign. */
  default NDArray remainder(NDArray other) {
    return apply(ElementwiseOps.REMAINDER, other);
  }

  /** Remainder with the divisor's sign. */
  default NDArray remainder(double other) {
    return apply(ElementwiseOps.REMAINDER, other);
  }

  /** Remainder with the divisor's sign. */
  default NDArray remainder(long other) {
    return apply(ElementwiseOps.REMAINDER, other);
  }

  /** Power. */
  default NDArray pow(NDArray other) {
    return apply(ElementwiseOps.POW, other);
  }

  /** Power. */
  default NDArray pow(double other) {
    return apply(ElementwiseOps.POW, other);
  }

  /** Power. */
  default NDArray pow(long other) {
    return apply(ElementwiseOps.POW, other);
  }

  /** Larger; NaN if either is. */
  default NDArray maximum(NDArray other) {
    return apply(ElementwiseOps.MAXIMUM, other);
  }

  /** Larger; NaN if either is. */
  default NDArray maximum(double other) {
    return apply(ElementwiseOps.MAXIMUM, other);
  }

  /** Larger; NaN if either is. */
  default NDArray maximum(long other) {
    return apply(ElementwiseOps.MAXIMUM, other);
  }

  /** Smaller; NaN if either is. */
  default NDArray minimum(NDArray other) {
    return apply(ElementwiseOps.MINIMUM, other);
  }

  /** Smaller; NaN if either is. */
  default NDArray minimum(double other) {
    return apply(ElementwiseOps.MINIMUM, other);
  }

  /** Smaller; NaN if either is. */
  default NDArray minimum(long other) {
    return apply(ElementwiseOps.MINIMUM, other);
  }

  /** Whether equal. */
  default NDArray equal(NDArray other) {
    return apply(ElementwiseOps.EQUAL, other);
  }

  /** Whether equal. */
  default NDArray equal(double other) {
    return apply(ElementwiseOps.EQUAL, other);
  }

  /** Whether equal. */
  default NDArray equal(long other) {
    return apply(ElementwiseOps.EQUAL, other);
  }

  /** Whether different. */
  default NDArray notEqual(NDArray other) {
    return apply(ElementwiseOps.NOT_EQUAL, other);
  }

  /** Whether different. */
  default NDArray notEqual(double other) {
    return apply(ElementwiseOps.NOT_EQUAL, other);
  }

  /** Whether different. */
  default NDArray notEqual(long other) {
    return apply(ElementwiseOps.NOT_EQUAL, other);
  }

  /** Whether smaller. */
  default NDArray less(NDArray other) {
    return apply(ElementwiseOps.LESS, other);
  }

  /** Whether smaller. */
  default NDArray less(double other) {
    return apply(ElementwiseOps.LESS, other);
  }

  /** Whether smaller. */
  default NDArray less(long other) {
    return apply(ElementwiseOps.LESS, other);
  }

  /** Whether not larger. */
  default NDArray lessEqual(NDArray other) {
    return apply(ElementwiseOps.LESS_EQUAL, other);
  }

  /** Whether not larger. */
  default NDArray lessEqual(double other) {
    return apply(ElementwiseOps.LESS_EQUAL, other);
  }

  /** Whether not larger. */
  default NDArray lessEqual(long other) {
    return apply(ElementwiseOps.LESS_EQUAL, other);
  }

  /** Whether larger. */
  default NDArray greater(NDArray other) {
    return apply(ElementwiseOps.GREATER, other);
  }

  /** Whether larger. */
  default NDArray greater(double other) {
    return apply(ElementwiseOps.GREATER, other);
  }

  /** Whether larger. */
  default NDArray greater(long other) {
    return apply(ElementwiseOps.GREATER, other);
  }

  /** Whether not smaller. */
  default NDArray greaterEqual(NDArray other) {
    return apply(ElementwiseOps.GREATER_EQUAL, other);
  }

  /** Whether not smaller. */
  default NDArray greaterEqual(double other) {
    return apply(ElementwiseOps.GREATER_EQUAL, other);
  }

  /** Whether not smaller. */
  default NDArray greaterEqual(long other) {
    return apply(ElementwiseOps.GREATER_EQUAL, other);
  }

  /** Angle of the point (other, this). */
  default NDArray atan2(NDArray other) {
    return apply(ElementwiseOps.ATAN2, other);
  }

  /** Sqrt(this^2 + other^2). */
  default NDArray hypot(NDArray other) {
    return apply(ElementwiseOps.HYPOT, other);
  }

  /** This with the sign of other. */
  default NDArray copysign(NDArray other) {
    return apply(ElementwiseOps.COPYSIGN, other);
  }

  /** Larger; the number if the other is NaN. */
  default NDArray fmax(NDArray other) {
    return apply(ElementwiseOps.FMAX, other);
  }

  /** Smaller; the number if the other is NaN. */
  default NDArray fmin(NDArray other) {
    return apply(ElementwiseOps.FMIN, other);
  }

  /** Whether |this - other| <= 1e-8 + 1e-5 |other|. */
  default NDArray isclose(NDArray other) {
    return apply(ElementwiseOps.ISCLOSE, other);
  }

  /** Log(exp(this) + exp(other)). */
  default NDArray logaddexp(NDArray other) {
    return apply(ElementwiseOps.LOGADDEXP, other);
  }

  /** Next representable value towards other. */
  default NDArray nextafter(NDArray other) {
    return apply(ElementwiseOps.NEXTAFTER, other);
  }

  /** Truth of both. */
  default NDArray logicalAnd(NDArray other) {
    return apply(ElementwiseOps.LOGICAL_AND, other);
  }

  /** Truth of either. */
  default NDArray logicalOr(NDArray other) {
    return apply(ElementwiseOps.LOGICAL_OR, other);
  }

  /** Truth of exactly one. */
  default NDArray logicalXor(NDArray other) {
    return apply(ElementwiseOps.LOGICAL_XOR, other);
  }

  /** Bits of both. */
  default NDArray bitwiseAnd(NDArray other) {
    return apply(ElementwiseOps.BITWISE_AND, other);
  }

  /** Bits of either. */
  default NDArray bitwiseOr(NDArray other) {
    return apply(ElementwiseOps.BITWISE_OR, other);
  }

  /** Bits of exactly one. */
  default NDArray bitwiseXor(NDArray other) {
    return apply(ElementwiseOps.BITWISE_XOR, other);
  }

  /** This * 2^other. */
  default NDArray bitwiseLeftShift(NDArray other) {
    return apply(ElementwiseOps.BITWISE_LEFT_SHIFT, other);
  }

  /** This / 2^other rounded down. */
  default NDArray bitwiseRightShift(NDArray other) {
    return apply(ElementwiseOps.BITWISE_RIGHT_SHIFT, other);
  }

  /** Greatest common divisor of integers, not negative. */
  default NDArray gcd(NDArray other) {
    return apply(ElementwiseOps.GCD, other);
  }

  /** Least common multiple of integers, not negative. */
  default NDArray lcm(NDArray other) {
    return apply(ElementwiseOps.LCM, other);
  }

  /** 0 where this is below 0, 1 above, {@code atZero} at 0, NaN for NaN. */
  default NDArray heaviside(NDArray atZero) {
    return apply(ElementwiseOps.HEAVISIDE, atZero);
  }

  /** Log2(2^this + 2^other), without overflow on the way. */
  default NDArray logaddexp2(NDArray other) {
    return apply(ElementwiseOps.LOGADDEXP2, other);
  }
}
