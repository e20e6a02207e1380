package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.Expr;
import dev.weft.core.routine.QuantileLines;
import dev.weft.core.routine.QuantileMethod;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Medians and quantiles over any axes. */
final class Quantiles {
  private Quantiles() {}

  static NDArray median(NDArray x, boolean skipsNan, int... axes) {
    NDArray numbers = x.dtype() == DType.BOOL ? x.cast(DType.FLOAT64) : x;
    return of(numbers, null, QuantileMethod.LINEAR, skipsNan, axes).squeeze(0);
  }

  /** Quantiles along a new first axis. */
  static NDArray quantiles(
      NDArray x, double[] probabilities, QuantileMethod method, boolean skipsNan, int... axes) {
    for (double q : probabilities) {
      if (!(q >= 0 && q <= 1)) {
        throw new UsageException(
            "quantile: q is %s; use numbers from 0 to 1 (percentile takes 0 to 100)".formatted(q));
      }
    }
    if (x.dtype() == DType.BOOL) {
      throw new UsageException("quantile: bool has no quantiles; cast to int64 or float64 first");
    }
    List<Double> all = Arrays.stream(probabilities).boxed().toList();
    return of(x, all, method, skipsNan, axes);
  }

  private static NDArray of(
      NDArray x,
      @Nullable List<Double> probabilities,
      QuantileMethod method,
      boolean skipsNan,
      int... axes) {
    String name = probabilities == null ? "median" : "quantile";
    x.dtype().requireReal(name);
    List<Integer> over = Reductions.axes(name, x, axes);
    boolean all = over.size() == x.rank();
    if (all && SelectedQuantiles.fit(x, probabilities)) {
      return SelectedQuantiles.of(x, probabilities, method, skipsNan);
    }
    NDArray lines = all ? x.ravel() : together(x, over);
    int last = lines.rank() - 1;
    long n = lines.shape().extent(last);
    if (n == 0 && probabilities != null && !skipsNan) {
      throw new UsageException(
          "quantile: shape %s has no elements along axes %s; add elements first"
              .formatted(x.shape(), Arrays.toString(axes)));
    }
    DType result =
        n == 0 && !x.dtype().isFloating() ? DType.FLOAT64 : result(x, probabilities, method);
    boolean sorted = !WholeLines.fit(lines, last);
    QuantileLines routine = new QuantileLines(last, probabilities, method, skipsNan, sorted);
    long count = probabilities == null ? 1 : probabilities.size();
    Expr input = sorted ? Ordering.sort(lines, last, false).expr() : WholeLines.of(lines, last);
    return x.with(WholeLines.resized(routine, input, last, count, result)).moveaxis(last, 0);
  }

  /** Quantiles that are elements keep the type, others are floating. */
  static DType result(NDArray x, @Nullable List<Double> probabilities, QuantileMethod method) {
    boolean kept = probabilities != null && method.isDiscrete();
    return kept || x.dtype().isFloating() ? x.dtype() : DType.FLOAT64;
  }

  /** The array with these axes, at least one, as its last one. */
  private static NDArray together(NDArray x, List<Integer> axes) {
    int kept = x.rank() - axes.size();
    int[] over = axes.stream().mapToInt(Integer::intValue).toArray();
    NDArray moved = x.moveaxis(over, IntStream.range(kept, x.rank()).toArray());
    if (over.length == 1) {
      return moved;
    }
    long[] extents = Arrays.copyOf(moved.shape().extents(), kept + 1);
    for (int axis = kept + 1; axis < x.rank(); axis++) {
      extents[kept] *= moved.shape().extent(axis);
    }
    return moved.reshape(extents);
  }
}
