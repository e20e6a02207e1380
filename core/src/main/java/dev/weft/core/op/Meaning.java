package dev.weft.core.op;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoublePredicate;
import java.util.function.DoubleToLongFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongPredicate;
import java.util.function.LongToDoubleFunction;
import java.util.function.LongUnaryOperator;

/**
 * What an operation computes for one family of types: the function that defines the result and its
 * CUDA C expression over {@code a}, {@code b}, {@code c}. Integers (and bool as 0 or 1) are
 * computed as {@code long} and wrapped to the result type, uint64 by its bits; float32 is computed
 * as {@code double} and rounded. In CUDA C, where signed overflow has no meaning, what may overflow
 * is written as {@code unsigned long long}, which operands of uint64 are there.
 */
public sealed interface Meaning {
  /** The function object; its functional interface is the record's component type. */
  Object function();

  /** CUDA C expression over {@code a}, {@code b}, {@code c}. */
  String cuda();

  /** Integer result from one integer. */
  record LongUnary(LongUnaryOperator function, String cuda) implements Meaning {}

  /** Integer result from two integers. */
  record LongBinary(LongBinaryOperator function, String cuda) implements Meaning {}

  /** Truth value from one integer. */
  record LongTest(LongPredicate function, String cuda) implements Meaning {}

  /** Truth value from two integers. */
  record LongCompare(LongRelation function, String cuda) implements Meaning {}

  /** Floating result from one number. */
  record DoubleUnary(DoubleUnaryOperator function, String cuda) implements Meaning {}

  /** Floating result from two numbers. */
  record DoubleBinary(DoubleBinaryOperator function, String cuda) implements Meaning {}

  /** Floating result from three numbers. */
  record DoubleTernary(DoubleTernaryOperator function, String cuda) implements Meaning {}

  /** Truth value from one number. */
  record DoubleTest(DoublePredicate function, String cuda) implements Meaning {}

  /** Truth value from two numbers. */
  record DoubleCompare(DoubleRelation function, String cuda) implements Meaning {}

  /** The bits of one number as an integer of the same width. */
  record Bits(DoubleToLongFunction function, String cuda) implements Meaning {}

  /** The number that has the bits of one integer of the same width. */
  record FromBits(LongToDoubleFunction function, String cuda) implements Meaning {}

  /** The second operand where the first (bool) is true, else the third; for every family. */
  record Select() implements Meaning {
    @Override
    public Object function() {
      return this;
    }

    @Override
    public String cuda() {
      return "a ? b : c";
    }
  }

  /** A comparison of two integers. */
  @FunctionalInterface
  interface LongRelation {
    /** Whether the relation holds. */
    boolean test(long a, long b);
  }

  /** A comparison of two floating point numbers. */
  @FunctionalInterface
  interface DoubleRelation {
    /** Whether the relation holds. */
    boolean test(double a, double b);
  }

  /** A function of three floating point numbers. */
  @FunctionalInterface
  interface DoubleTernaryOperator {
    /** The function's value. */
    double applyAsDouble(double a, double b, double c);
  }
}
