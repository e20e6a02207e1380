package dev.weft.cli.language;

import dev.weft.cli.language.Value.Array;
import dev.weft.cli.language.Value.ComplexNumber;
import dev.weft.cli.language.Value.Items;
import dev.weft.cli.language.Value.Large;
import dev.weft.cli.language.Value.Real;
import dev.weft.cli.language.Value.Truth;
import dev.weft.cli.language.Value.Whole;
import dev.weft.core.NDArray;
import dev.weft.core.error.UsageException;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.ElementwiseOps;
import java.util.ArrayList;
import java.util.List;

/** Operators and rows of the op table applied to values. */
final class Operators {
  private final Conversion conversion;

  Operators(Conversion conversion) {
    this.conversion = conversion;
  }

  Value unary(UnaryOperator operator, Value value) {
    if (value.isNumber()) {
      return PythonNumbers.unary(operator, value);
    }
    NDArray array = conversion.array(value);
    return new Array(
        switch (operator) {
          case PLUS -> array.apply(ElementwiseOps.POSITIVE);
          case MINUS -> array.negative();
          case INVERT -> array.bitwiseInvert();
        });
  }

  Value binary(BinaryOperator operator, Value left, Value right) {
    if (left.isNumber() && right.isNumber()) {
      return PythonNumbers.binary(operator, left, right);
    }
    if (left instanceof Items(List<Value> a, boolean x)
        && right instanceof Items(List<Value> b, boolean y)
        && operator == BinaryOperator.ADD
        && x == y) {
      List<Value> joined = new ArrayList<>(a);
      joined.addAll(b);
      return new Items(joined, x);
    }
    return switch (operator) {
      case MATMUL -> new Array(conversion.array(left).matmul(conversion.array(right)));
      case POWER -> power(left, right);
      default -> apply(row(operator), List.of(left, right));
    };
  }

  private Value power(Value base, Value exponent) {
    if (exponent instanceof Whole(long whole)
        && whole < 0
        && !conversion.array(base).dtype().isInexact()) {
      throw new UsageException(
          "integers to the negative power %d are no integers; write %d.0".formatted(whole, whole));
    }
    return apply(ElementwiseOps.POW, List.of(base, exponent));
  }

  private static ElementwiseOp row(BinaryOperator operator) {
    return switch (operator) {
      case OR -> ElementwiseOps.BITWISE_OR;
      case XOR -> ElementwiseOps.BITWISE_XOR;
      case AND -> ElementwiseOps.BITWISE_AND;
      case LEFT_SHIFT -> ElementwiseOps.BITWISE_LEFT_SHIFT;
      case RIGHT_SHIFT -> ElementwiseOps.BITWISE_RIGHT_SHIFT;
      case ADD -> ElementwiseOps.ADD;
      case SUBTRACT -> ElementwiseOps.SUBTRACT;
      case MULTIPLY -> ElementwiseOps.MULTIPLY;
      case DIVIDE -> ElementwiseOps.DIVIDE;
      case FLOOR_DIVIDE -> ElementwiseOps.FLOOR_DIVIDE;
      case REMAINDER -> ElementwiseOps.REMAINDER;
      case POWER -> ElementwiseOps.POW;
      case MATMUL -> throw new IllegalStateException("the matrix product is no row");
    };
  }

  /** Neighbours compared; several comparisons are joined by "and". */
  Value compare(List<ComparisonOperator> comparisons, List<Value> operands) {
    Value all = compare(comparisons.getFirst(), operands.get(0), operands.get(1));
    for (int i = 1; i < comparisons.size(); i++) {
      Value next = compare(comparisons.get(i), operands.get(i), operands.get(i + 1));
      all = binary(BinaryOperator.AND, all, next);
    }
    return all;
  }

  private Value compare(ComparisonOperator comparison, Value left, Value right) {
    if (left.isNumber() && right.isNumber()) {
      return new Truth(PythonNumbers.compare(comparison, left, right));
    }
    ElementwiseOp row =
        switch (comparison) {
          case LESS -> ElementwiseOps.LESS;
          case LESS_EQUAL -> ElementwiseOps.LESS_EQUAL;
          case GREATER -> ElementwiseOps.GREATER;
          case GREATER_EQUAL -> ElementwiseOps.GREATER_EQUAL;
          case EQUAL -> ElementwiseOps.EQUAL;
          case NOT_EQUAL -> ElementwiseOps.NOT_EQUAL;
        };
    return apply(row, List.of(left, right));
  }

  /** A row of the op table over values. */
  Array apply(ElementwiseOp row, List<Value> values) {
    if (values.size() != row.arity()) {
      throw new UsageException(
          "%s takes %d argument%s, got %d"
              .formatted(row, row.arity(), row.arity() == 1 ? "" : "s", values.size()));
    }
    if (values.size() == 2) {
      Value first = values.get(0);
      Value second = values.get(1);
      if (!first.isNumber() && second.isNumber()) {
        return new Array(withNumber(row, conversion.array(first), second));
      }
      if (first.isNumber() && !second.isNumber()) {
        return new Array(fromNumber(row, first, conversion.array(second)));
      }
    }
    if (row == ElementwiseOps.WHERE) {
      return where(values);
    }
    return apply(row, conversion.together(values).toArray(NDArray[]::new));
  }

  private Array where(List<Value> values) {
    List<NDArray> choices = conversion.together(values.subList(1, 3));
    NDArray condition = conversion.array(values.getFirst());
    return apply(ElementwiseOps.WHERE, condition, choices.get(0), choices.get(1));
  }

  private static Array apply(ElementwiseOp row, NDArray... arrays) {
    NDArray[] others = new NDArray[arrays.length - 1];
    System.arraycopy(arrays, 1, others, 0, others.length);
    return new Array(arrays[0].apply(row, others));
  }

  private NDArray withNumber(ElementwiseOp row, NDArray first, Value number) {
    return switch (number) {
      case Whole(long whole) -> first.apply(row, whole);
      case Large large -> first.apply(row, conversion.constant(row, first.dtype(), large));
      case Real(double real) -> first.apply(row, real);
      case ComplexNumber complex -> first.apply(row, conversion.beside(first.dtype(), complex));
      default -> first.apply(row, conversion.array(number));
    };
  }

  private NDArray fromNumber(ElementwiseOp row, Value number, NDArray second) {
    return switch (number) {
      case Whole(long whole) -> second.applyFrom(row, whole);
      case Large large -> conversion.constant(row, second.dtype(), large).apply(row, second);
      case Real(double real) -> second.applyFrom(row, real);
      case ComplexNumber complex -> conversion.beside(second.dtype(), complex).apply(row, second);
      default -> conversion.array(number).apply(row, second);
    };
  }
}
