package dev.weft.core.reference;

import static java.lang.Double.doubleToLongBits;
import static java.lang.Double.longBitsToDouble;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.error.InternalException;
import dev.weft.core.op.Reduction;
import dev.weft.core.reference.ReductionSequence.Combination;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;

/** What one reduction does with elements and partial results; words as in {@link Reduction}. */
interface PartialResult {
  /** The partial result of the elements of one block. */
  long[] block(List<Scalar> elements, List<Long> positions);

  /** The partial result of two neighbours. */
  long[] combine(long[] left, long[] right);

  /** The partial result of nothing. */
  long[] empty();

  static PartialResult of(Reduction reduction, DType dtype) {
    boolean floating = dtype.isFloating();
    return switch (reduction) {
      case SUM -> floating ? doubles(Double::sum, 0.0) : longs(Long::sum, 0);
      case PROD -> floating ? doubles((a, b) -> a * b, 1.0) : longs((a, b) -> a * b, 1);
      case MIN ->
          floating
              ? doubles(Math::min, Double.POSITIVE_INFINITY)
              : longs(Math::min, Long.MAX_VALUE);
      case MAX ->
          floating
              ? doubles(Math::max, Double.NEGATIVE_INFINITY)
              : longs(Math::max, Long.MIN_VALUE);
      case ARGMIN -> new Arg(floating, false);
      case ARGMAX -> new Arg(floating, true);
      case MOMENTS -> new Moments();
    };
  }

  private static PartialResult doubles(DoubleBinaryOperator f, double empty) {
    return new Single(
        (a, b) ->
            new long[] {
              doubleToLongBits(f.applyAsDouble(longBitsToDouble(a[0]), longBitsToDouble(b[0])))
            },
        doubleToLongBits(empty));
  }

  private static PartialResult longs(LongBinaryOperator f, long empty) {
    return new Single((a, b) -> new long[] {f.applyAsLong(a[0], b[0])}, empty);
  }

  /** One word: the value so far. */
  record Single(Combination rule, long identity) implements PartialResult {
    @Override
    public long[] block(List<Scalar> elements, List<Long> positions) {
      return ReductionSequence.lanes(
          elements.stream().map(x -> new long[] {x.bits()}).toList(), rule);
    }

    @Override
    public long[] combine(long[] left, long[] right) {
      return rule.combine(left, right);
    }

    @Override
    public long[] empty() {
      return new long[] {identity};
    }
  }

  /**
   * Two words: the extreme value and where it is; the first of equals, and the first nan of all.
   */
  record Arg(boolean floating, boolean largest) implements PartialResult {
    @Override
    public long[] block(List<Scalar> elements, List<Long> positions) {
      List<long[]> pairs = new ArrayList<>();
      for (int i = 0; i < elements.size(); i++) {
        pairs.add(new long[] {elements.get(i).bits(), positions.get(i)});
      }
      return ReductionSequence.lanes(pairs, this::combine);
    }

    @Override
    public long[] combine(long[] left, long[] right) {
      int order = floating ? floatingOrder(left[0], right[0]) : Long.compare(left[0], right[0]);
      order = largest ? -order : order;
      if (floating) {
        boolean leftNan = Double.isNaN(longBitsToDouble(left[0]));
        boolean rightNan = Double.isNaN(longBitsToDouble(right[0]));
        order = leftNan || rightNan ? Boolean.compare(rightNan, leftNan) : order;
      }
      return order < 0 || order == 0 && left[1] < right[1] ? left : right;
    }

    private static int floatingOrder(long left, long right) {
      double a = longBitsToDouble(left);
      double b = longBitsToDouble(right);
      return a < b ? -1 : a > b ? 1 : 0;
    }

    @Override
    public long[] empty() {
      throw new InternalException("an arg-reduction of nothing has no result");
    }
  }

  /** Three words: number, mean, sum of squared deviations from the mean. */
  record Moments() implements PartialResult {
    @Override
    public long[] block(List<Scalar> elements, List<Long> positions) {
      int count = elements.size();
      double mean = sum(elements.stream().map(Scalar::asDouble).toList()) / count;
      double squares = sum(elements.stream().map(x -> square(x.asDouble() - mean)).toList());
      return words(count, mean, squares);
    }

    private static double square(double x) {
      return x * x;
    }

    private static double sum(List<Double> values) {
      PartialResult sum = doubles(Double::sum, 0.0);
      return longBitsToDouble(
          ReductionSequence.lanes(
              values.stream().map(x -> new long[] {doubleToLongBits(x)}).toList(), sum::combine)[
              0]);
    }

    private static long[] words(long count, double mean, double squares) {
      return new long[] {count, doubleToLongBits(mean), doubleToLongBits(squares)};
    }

    /** The formula of Chan, Golub and LeVeque; the order of operations is part of the meaning. */
    @Override
    public long[] combine(long[] left, long[] right) {
      if (left[0] == 0 || right[0] == 0) {
        return left[0] == 0 ? right : left;
      }
      double leftMean = longBitsToDouble(left[1]);
      long count = left[0] + right[0];
      double delta = longBitsToDouble(right[1]) - leftMean;
      double leftCount = left[0];
      double rightCount = right[0];
      double mean = leftMean + delta * (rightCount / count);
      double squares = longBitsToDouble(left[2]) + longBitsToDouble(right[2]);
      double between = delta * delta * (leftCount * rightCount / count);
      return words(count, mean, squares + between);
    }

    @Override
    public long[] empty() {
      return words(0, 0, 0);
    }
  }
}
