package dev.weft.kernels.jvm;

import dev.weft.core.dtype.DType;
import dev.weft.core.op.Meaning;
import java.util.List;

/** Evaluates the function of a row for one element: what every loop must agree with. */
final class RowMeaning {
  private RowMeaning() {}

  /** Writes the result for element {@code i}; operands of length 1 are uniform. */
  static void evaluate(Meaning meaning, List<TileData> operands, int i, TileData result) {
    switch (meaning) {
      case Meaning.LongUnary m ->
          number(result, i, m.function().applyAsLong(integer(operands, 0, i)));
      case Meaning.LongBinary m ->
          number(
              result,
              i,
              m.function().applyAsLong(integer(operands, 0, i), integer(operands, 1, i)));
      case Meaning.LongTest m -> truth(result, i, m.function().test(integer(operands, 0, i)));
      case Meaning.LongCompare m ->
          truth(result, i, m.function().test(integer(operands, 0, i), integer(operands, 1, i)));
      case Meaning.DoubleUnary m ->
          result.setDouble(i, m.function().applyAsDouble(real(operands, 0, i)));
      case Meaning.DoubleBinary m ->
          result.setDouble(
              i, m.function().applyAsDouble(real(operands, 0, i), real(operands, 1, i)));
      case Meaning.DoubleTernary m ->
          result.setDouble(
              i,
              m.function()
                  .applyAsDouble(real(operands, 0, i), real(operands, 1, i), real(operands, 2, i)));
      case Meaning.DoubleTest m -> truth(result, i, m.function().test(real(operands, 0, i)));
      case Meaning.DoubleCompare m ->
          truth(result, i, m.function().test(real(operands, 0, i), real(operands, 1, i)));
      case Meaning.Bits m -> number(result, i, m.function().applyAsLong(real(operands, 0, i)));
      case Meaning.FromBits m ->
          result.setDouble(i, m.function().applyAsDouble(integer(operands, 0, i)));
      case Meaning.Select m -> select(operands, i, result);
    }
  }

  private static void select(List<TileData> operands, int i, TileData result) {
    int chosen = integer(operands, 0, i) != 0 ? 1 : 2;
    if (result.dtype().isFloating()) {
      result.setDouble(i, real(operands, chosen, i));
    } else {
      result.setLong(i, integer(operands, chosen, i));
    }
  }

  private static void number(TileData result, int i, long value) {
    result.setLong(i, result.dtype().wrap(value));
  }

  private static void truth(TileData result, int i, boolean value) {
    assert result.dtype() == DType.BOOL;
    result.setLong(i, value ? 1 : 0);
  }

  private static long integer(List<TileData> operands, int number, int i) {
    TileData operand = operands.get(number);
    return operand.getLong(operand.length() == 1 ? 0 : i);
  }

  private static double real(List<TileData> operands, int number, int i) {
    TileData operand = operands.get(number);
    return operand.getDouble(operand.length() == 1 ? 0 : i);
  }
}
