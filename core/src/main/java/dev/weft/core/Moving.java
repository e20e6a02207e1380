package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Promotion;
import dev.weft.core.error.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;

/** Statistics of windows that move along an axis, as combinations of shifted views. */
final class Moving {
  /** Views that one step combines: what a kernel reads at once. */
  private static final int STEP = 16;

  private Moving() {}

  private static int checked(String name, NDArray x, long window, int axis) {
    int checked = x.shape().axis(name, axis);
    long extent = x.shape().extent(checked);
    if (window < 1 || window > extent) {
      throw new UsageException(
          "%s: a window of %d along axis %d of shape %s; use 1 to %d"
              .formatted(name, window, checked, x.shape(), extent));
    }
    return checked;
  }

  static NDArray sum(NDArray x, long window, int axis) {
    int along = checked("moving_sum", x, window, axis);
    DType dtype = x.dtype().isFloating() ? DType.FLOAT64 : DType.INT64;
    NDArray sum = combined(x.cast(dtype), window, 1, along, NDArray::add);
    return x.dtype().isFloating() ? sum.cast(x.dtype()) : sum;
  }

  static NDArray mean(NDArray x, long window, int axis) {
    int along = checked("moving_mean", x, window, axis);
    NDArray sum = combined(x.cast(DType.FLOAT64), window, 1, along, NDArray::add);
    return sum.divide((double) window).cast(Reductions.real(x));
  }

  static NDArray extreme(
      NDArray x, String name, long window, int axis, BinaryOperator<NDArray> better) {
    return combined(x, window, 1, checked(name, x, window, axis), better);
  }

  /**
   * Elements {@code distance} apart combined, {@code count} of each. Windows of many elements are
   * made of windows of {@link #STEP}, and these of windows of as many.
   */
  private static NDArray combined(
      NDArray x, long count, long distance, int axis, BinaryOperator<NDArray> operator) {
    long extent = x.shape().extent(axis) - (count - 1) * distance;
    if (count <= STEP) {
      NDArray all = Pieces.part(x, axis, 0, extent);
      for (long i = 1; i < count; i++) {
        all = operator.apply(all, Pieces.part(x, axis, i * distance, i * distance + extent));
      }
      return all;
    }
    long blocks = count / STEP;
    NDArray block = combined(x, STEP, distance, axis, operator);
    NDArray whole = combined(block, blocks, STEP * distance, axis, operator);
    NDArray result = Pieces.part(whole, axis, 0, extent);
    long rest = count % STEP;
    if (rest > 0) {
      long start = blocks * STEP * distance;
      NDArray end = Pieces.part(x, axis, start, x.shape().extent(axis));
      result = operator.apply(result, combined(end, rest, distance, axis, operator));
    }
    return result;
  }

  static NDArray windows(NDArray x, long window, int axis) {
    int along = checked("sliding_window_view", x, window, axis);
    long extent = x.shape().extent(along) - window + 1;
    List<NDArray> shifted = new ArrayList<>();
    for (long i = 0; i < window; i++) {
      shifted.add(Pieces.part(x, along, i, i + extent));
    }
    return x.session().stack(-1, shifted.toArray(NDArray[]::new));
  }

  static NDArray polynomial(NDArray x, NDArray coefficients) {
    if (coefficients.rank() != 1) {
      throw new UsageException(
          "polyval: coefficients of shape %s; use a vector, of falling powers"
              .formatted(coefficients.shape()));
    }
    DType dtype = Promotion.of(x.dtype(), coefficients.dtype());
    NDArray at = x.cast(dtype);
    NDArray own = coefficients.cast(dtype);
    if (coefficients.size() == 0) {
      return at.multiply(x.session().zeros(dtype));
    }
    NDArray value = own.slice(Index.at(0)).broadcastTo(x.shape().extents());
    for (long i = 1; i < coefficients.size(); i++) {
      value = value.multiply(at).add(own.slice(Index.at(i)));
    }
    return value;
  }
}
