package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Promotion;
import dev.weft.core.error.UsageException;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Averages with weights, covariances, and slopes and areas of sampled functions. */
final class Statistics {
  private Statistics() {}

  static NDArray average(NDArray x, NDArray weights, int... axes) {
    NDArray spread = weights;
    if (!weights.shape().equals(x.shape())) {
      if (axes.length != 1 || weights.rank() != 1) {
        throw new UsageException(
            "average: weights of shape %s for shape %s; use the same shape, or a vector and one axis"
                .formatted(weights.shape(), x.shape()));
      }
      int axis = x.shape().axis("average", axes[0]);
      if (weights.size() != x.shape().extent(axis)) {
        throw new UsageException(
            "average: %d weights for axis %d of shape %s; use one for each of its %d"
                .formatted(weights.size(), axis, x.shape(), x.shape().extent(axis)));
      }
      long[] along = new long[x.rank()];
      Arrays.fill(along, 1);
      along[axis] = weights.size();
      spread = weights.reshape(along).broadcastTo(x.shape().extents());
    }
    NDArray wide = spread.cast(Reductions.real(x.multiply(spread)));
    return x.multiply(wide).sum(axes).divide(wide.sum(axes));
  }

  static NDArray covariance(NDArray x, @Nullable NDArray y, boolean rows, double ddof) {
    NDArray variables = variables(x, rows);
    if (y != null) {
      variables = x.session().concatenate(0, variables, variables(y, rows));
    }
    long observations = variables.shape().extent(1);
    NDArray centred = variables.subtract(variables.mean(1).expandDims(1));
    double divisor = Math.max(0, observations - ddof);
    return centred.matmul(centred.t().conj()).divide(divisor).squeeze();
  }

  private static NDArray variables(NDArray x, boolean rows) {
    if (x.rank() > 2) {
      throw new UsageException(
          "cov: shape %s has more than 2 axes; use variables by rows".formatted(x.shape()));
    }
    NDArray wide = x.cast(Promotion.of(x.dtype(), DType.FLOAT64));
    NDArray matrix = x.rank() == 2 ? wide : wide.reshape(1, -1);
    return rows || x.rank() < 2 ? matrix : matrix.t();
  }

  static NDArray correlation(NDArray x, @Nullable NDArray y, boolean rows) {
    NDArray c = covariance(x, y, rows, 1);
    if (c.rank() == 0) {
      return c.divide(c);
    }
    NDArray deviation = Diagonals.diagonal(c, 0, 0, 1).real().sqrt();
    NDArray unit = c.divide(deviation.expandDims(1)).divide(deviation.expandDims(0));
    return unit.dtype().isComplex()
        ? unit.real().clip(-1.0, 1.0).complex(unit.imag().clip(-1.0, 1.0))
        : unit.clip(-1.0, 1.0);
  }

  static NDArray gradient(NDArray x, double spacing, int axis) {
    int along = x.shape().axis("gradient", axis);
    long extent = x.shape().extent(along);
    if (extent < 2) {
      throw new UsageException(
          "gradient: axis %d of shape %s has %d elements; at least 2 are needed"
              .formatted(along, x.shape(), extent));
    }
    NDArray y = x.cast(Reductions.real(x)).moveaxis(along, 0);
    NDArray inner = y.slice("2:").subtract(y.slice(":-2")).divide(2 * spacing);
    NDArray first = y.slice("1:2").subtract(y.slice(":1")).divide(spacing);
    NDArray last = y.slice("-1:").subtract(y.slice("-2:-1")).divide(spacing);
    return x.session().concatenate(0, first, inner, last).moveaxis(0, along);
  }

  /** {@code widened} multiplies what lies along the last axis with the widths of the pieces. */
  static NDArray trapezoid(NDArray y, UnaryOperator<NDArray> widened, int axis) {
    NDArray moved = y.moveaxis(y.shape().axis("trapezoid", axis), -1);
    NDArray pairs = moved.slice("..., 1:").add(moved.slice("..., :-1"));
    return widened.apply(pairs).divide(2.0).sum(-1);
  }
}
