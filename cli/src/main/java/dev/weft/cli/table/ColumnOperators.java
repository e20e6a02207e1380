package dev.weft.cli.table;

import dev.weft.cli.language.BinaryOperator;
import dev.weft.cli.language.ComparisonOperator;
import dev.weft.cli.language.PlainNumbers;
import dev.weft.cli.language.UnaryOperator;
import dev.weft.core.error.UsageException;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.table.Column;
import java.util.List;

/**
 * Operators between columns and plain values. Two plain numbers give a plain number, so that {@code
 * x * (2 * 3)} is as {@code x * 6}.
 */
final class ColumnOperators {
  private ColumnOperators() {}

  private static boolean isNumber(Object operand) {
    return operand instanceof Boolean || operand instanceof Number;
  }

  /** An operator before an operand. */
  static Object unary(UnaryOperator operator, Object operand, Scope scope) {
    if (operand instanceof Boolean truth && operator == UnaryOperator.INVERT) {
      return !truth;
    }
    if (isNumber(operand)) {
      return PlainNumbers.unary(operator, operand);
    }
    Column column = TableEvaluator.asColumn(operand);
    return switch (operator) {
      case PLUS -> column;
      case MINUS -> column.negative();
      case INVERT ->
          scope.isTruth(column) ? column.not() : column.apply(ElementwiseOps.BITWISE_INVERT);
    };
  }

  /** An operator between two operands; between truth values {@code &} is "and". */
  static Object binary(BinaryOperator operator, Object left, Object right, Scope scope) {
    if (isNumber(left) && isNumber(right)) {
      return PlainNumbers.binary(operator, left, right);
    }
    Column column = TableEvaluator.asColumn(left);
    return switch (operator) {
      case ADD -> column.add(right);
      case SUBTRACT -> column.subtract(right);
      case MULTIPLY -> column.multiply(right);
      case DIVIDE -> column.divide(right);
      case FLOOR_DIVIDE -> column.floorDivide(right);
      case REMAINDER -> column.remainder(right);
      case POWER -> column.pow(right);
      case AND ->
          areTruth(left, right, scope)
              ? column.and(right)
              : column.apply(ElementwiseOps.BITWISE_AND, right);
      case OR ->
          areTruth(left, right, scope)
              ? column.or(right)
              : column.apply(ElementwiseOps.BITWISE_OR, right);
      case XOR -> column.apply(ElementwiseOps.BITWISE_XOR, right);
      case LEFT_SHIFT -> column.apply(ElementwiseOps.BITWISE_LEFT_SHIFT, right);
      case RIGHT_SHIFT -> column.apply(ElementwiseOps.BITWISE_RIGHT_SHIFT, right);
      case MATMUL -> throw new UsageException("'@' multiplies arrays, not columns; use *");
    };
  }

  private static boolean areTruth(Object left, Object right, Scope scope) {
    return scope.isTruth(left) && scope.isTruth(right);
  }

  /** Comparisons of neighbours, all of which must be true. */
  static Object compare(List<ComparisonOperator> comparisons, List<Object> operands) {
    Object all = single(comparisons.getFirst(), operands.get(0), operands.get(1));
    for (int i = 1; i < comparisons.size(); i++) {
      Object next = single(comparisons.get(i), operands.get(i), operands.get(i + 1));
      all =
          all instanceof Boolean truth
              ? truth ? next : false
              : TableEvaluator.asColumn(all).and(next);
    }
    return all;
  }

  private static Object single(ComparisonOperator comparison, Object left, Object right) {
    if (isNumber(left) && isNumber(right)) {
      return PlainNumbers.compare(comparison, left, right);
    }
    Column column = TableEvaluator.asColumn(left);
    return switch (comparison) {
      case LESS -> column.less(right);
      case LESS_EQUAL -> column.lessEqual(right);
      case GREATER -> column.greater(right);
      case GREATER_EQUAL -> column.greaterEqual(right);
      case EQUAL -> column.equal(right);
      case NOT_EQUAL -> column.notEqual(right);
    };
  }
}
