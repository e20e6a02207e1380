package dev.weft.kernels.jvm.vector;

import dev.weft.core.dtype.DType;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.TypeRule;
import java.util.Set;

/** Which rows and conversions have a vector form with the meaning that the scalar loop has. */
public final class VectorForm {
  /** What rows call the conversion between a number and its bits. */
  static final String REINTERPRET = "REINTERPRET";

  private static final Set<String> COMPARISONS =
      Set.of("EQ", "NE", "LT", "LE", "GT", "GE", "ULT", "ULE", "UGT", "UGE");
  private static final Set<String> TESTS = Set.of("IS_NAN", "IS_FINITE", "IS_INFINITE");

  private static final Set<String> INTEGER =
      Set.of(
          "ADD", "SUB", "MUL", "NEG", "ABS", "MIN", "MAX", "UMIN", "UMAX", "AND", "OR", "XOR",
          "NOT", "LSHL", "ASHR", "LSHR");

  private static final Set<String> FLOATING_UNARY =
      Set.of(
          "NEG", "ABS", "SQRT", "CBRT", "EXP", "EXPM1", "LOG", "LOG10", "LOG1P", "SIN", "COS",
          "TAN", "ASIN", "ACOS", "ATAN", "SINH", "COSH", "TANH");
  private static final Set<String> FLOATING_BINARY =
      Set.of("ADD", "SUB", "MUL", "DIV", "MIN", "MAX", "POW", "ATAN2", "HYPOT");

  private VectorForm() {}

  static boolean isComparison(String operator) {
    return COMPARISONS.contains(operator);
  }

  static boolean isTest(String operator) {
    return TESTS.contains(operator);
  }

  /** Whether {@code op} over operands of this type is one vector instruction or a few. */
  public static boolean exists(ElementwiseOp op, DType operand) {
    if (operand == DType.FLOAT16) {
      return false;
    }
    if (op.rule() == TypeRule.SELECT) {
      return true;
    }
    if (operand == DType.BOOL) {
      return BooleanForm.of(op.meaning(operand)) != null;
    }
    String operator = op.vector(operand);
    if (operator == null) {
      return false;
    }
    if (operator.equals(REINTERPRET)) {
      return operand.isFloating() || operand == DType.INT64 || operand == DType.INT32;
    }
    if (op.arity() == 2 && COMPARISONS.contains(operator)) {
      return true;
    }
    if (!operand.isFloating()) {
      return INTEGER.contains(operator);
    }
    return switch (op.arity()) {
      case 1 -> FLOATING_UNARY.contains(operator) || TESTS.contains(operator);
      case 2 -> FLOATING_BINARY.contains(operator);
      default -> operator.equals("FMA");
    };
  }

  /**
   * Rows that stay as they are in a vector loop; others are replaced by their composition if they
   * have one. An inexact row with a composition uses it in both loops, for equal bits.
   */
  public static boolean isPrimitive(ElementwiseOp op, DType operand) {
    return op.ulps() == 0 && op.meaning(operand) != null && exists(op, operand);
  }

  /**
   * Whether the form of {@code op} is one of instructions at this width. Where it is not, the
   * Vector API falls back to boxed lanes, 10 to 100 times slower than the scalar loop.
   */
  public static boolean isFast(ElementwiseOp op, DType operand, int vectorBits) {
    String operator = op.vector(operand);
    if (vectorBits >= 512 || operator == null) {
      return true;
    }
    return switch (operator) {
      case "ABS", "UMIN", "UMAX" -> !isLong(operand);
      case "TANH" -> operand != DType.FLOAT64;
      default -> true;
    };
  }

  /**
   * Whether there is a conversion, fast at this width. Between 64-bit integers and floats only
   * AVX-512 has instructions; without them the Vector API is slower than the scalar loop. Between
   * uint64 and floats, and for float16, the Vector API has none.
   */
  public static boolean exists(DType from, DType to, int vectorBits) {
    if (from == DType.FLOAT16 || to == DType.FLOAT16) {
      return false;
    }
    if (from == DType.UINT64 && to.isFloating() || from.isFloating() && to == DType.UINT64) {
      return false;
    }
    boolean longs = isLong(from) && to.isFloating() || from.isFloating() && isLong(to);
    return vectorBits >= 512 || !longs;
  }

  private static boolean isLong(DType dtype) {
    return dtype == DType.INT64 || dtype == DType.UINT32 || dtype == DType.UINT64;
  }
}
