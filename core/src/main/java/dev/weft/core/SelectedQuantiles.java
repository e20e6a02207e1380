package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.BlockRoutine;
import dev.weft.core.expr.Expr;
import dev.weft.core.routine.CountDigits;
import dev.weft.core.routine.Digits;
import dev.weft.core.routine.NextDigit;
import dev.weft.core.routine.QuantileMethod;
import dev.weft.core.routine.RankedKeys;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Shape;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Quantiles of all elements of a large array, by selection: the digits of the wanted elements are
 * found one after the other, each by counting how many elements have which, so that the array
 * passes by a few times and is never in order.
 */
final class SelectedQuantiles {
  /** With more quantiles, sorting is better. */
  private static final int MOST = 16;

  private SelectedQuantiles() {}

  static boolean fit(NDArray x, @Nullable List<Double> probabilities) {
    boolean few = probabilities == null || probabilities.size() <= MOST;
    return few && x.nbytes() > x.session().chunkSize().targetBytes();
  }

  static NDArray of(
      NDArray x, @Nullable List<Double> probabilities, QuantileMethod method, boolean skipsNan) {
    int quantiles = probabilities == null ? 1 : probabilities.size();
    Digits digits = Digits.of(x.dtype(), 2 * quantiles);
    @Nullable NDArray state = null;
    for (int pass = 0; pass < digits.passes(); pass++) {
      CountDigits count = new CountDigits(digits, pass);
      NDArray counts =
          CountedPieces.sum(count, List.of(x), state, digits.counts(pass), DType.INT64);
      NextDigit next = new NextDigit(digits, pass, probabilities, method, skipsNan, x.size());
      state = vector(next, DType.INT64, digits.stateLength(), counts, state);
    }
    DType result = Quantiles.result(x, probabilities, method);
    RankedKeys last = new RankedKeys(digits, x.dtype(), probabilities, method);
    return vector(last, result, quantiles, Objects.requireNonNull(state), null);
  }

  /** A routine from vectors to a vector, each in one piece. */
  private static NDArray vector(
      BlockRoutine routine, DType dtype, long length, NDArray first, @Nullable NDArray second) {
    Shape shape = Shape.of(length);
    List<NDArray> read = second == null ? List.of(first) : List.of(first, second);
    List<List<Integer>> axes = Stream.of(1, 2).limit(read.size()).map(List::of).toList();
    return first.with(
        new Expr.MapBlocks(
            routine,
            read.stream().map(NDArray::expr).toList(),
            axes,
            read.stream().map(NDArray::size).toList(),
            new Expr.Type(dtype, shape, Chunks.whole(shape))));
  }
}
