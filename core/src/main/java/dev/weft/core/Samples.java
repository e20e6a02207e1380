package dev.weft.core;

import dev.weft.core.SampleMethods.TTest;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;

/** Moments of samples, and tests of their means. */
final class Samples {
  /** Variances below this part of the mean, squared, are rounding errors. */
  private static final double RESOLUTION = 1e-15;

  private static final double NORMAL = 3;

  private Samples() {}

  private static NDArray wide(NDArray x) {
    return x.cast(DType.FLOAT64);
  }

  private static NDArray kept(NDArray reduced, NDArray x, int... axes) {
    return reduced.keepdims(x.shape(), axes);
  }

  private static NDArray centred(NDArray x, int... axes) {
    return x.subtract(kept(x.mean(axes), x, axes));
  }

  static NDArray moment(NDArray x, int order, int... axes) {
    if (order < 0) {
      throw new UsageException("moment: the order is %d; use 0 or more".formatted(order));
    }
    NDArray a = wide(x);
    // Exactly, and not up to rounding.
    NDArray moment =
        order == 1 ? a.mean(axes).multiply(0.0) : centred(a, axes).pow((long) order).mean(axes);
    return moment.cast(Reductions.real(x));
  }

  private static long count(NDArray x, int... axes) {
    long count = axes.length == 0 ? x.size() : 1;
    for (int axis : axes) {
      count *= x.shape().extent(x.shape().axis("moment", axis));
    }
    return count;
  }

  /** NaN where a variance is a rounding error. */
  private static NDArray unlessEqual(NDArray x, NDArray variance, NDArray value, int... axes) {
    NDArray least = x.mean(axes).multiply(RESOLUTION).square();
    return variance.lessEqual(least).where(Double.NaN, value);
  }

  static NDArray skew(NDArray x, boolean biased, int... axes) {
    NDArray a = wide(x);
    NDArray distance = centred(a, axes);
    NDArray variance = distance.square().mean(axes);
    NDArray third = distance.square().multiply(distance).mean(axes);
    NDArray skew = third.divide(variance.multiply(variance.sqrt()));
    double n = count(x, axes);
    if (!biased && n > 2) {
      skew = skew.multiply(Math.sqrt((n - 1) * n) / (n - 2));
    }
    return unlessEqual(a, variance, skew, axes).cast(Reductions.real(x));
  }

  static NDArray kurtosis(NDArray x, boolean biased, int... axes) {
    NDArray a = wide(x);
    NDArray squares = centred(a, axes).square();
    NDArray variance = squares.mean(axes);
    NDArray ratio = squares.square().mean(axes).divide(variance.square());
    double n = count(x, axes);
    NDArray excess =
        biased || n <= NORMAL
            ? ratio.subtract(NORMAL)
            : ratio
                .multiply(n * n - 1)
                .subtract(NORMAL * (n - 1) * (n - 1))
                .divide((n - 2) * (n - NORMAL));
    return unlessEqual(a, variance, excess, axes).cast(Reductions.real(x));
  }

  static NDArray zscore(NDArray x, double ddof, int axis) {
    NDArray a = wide(x);
    NDArray deviation = kept(a.std(ddof, axis), a, axis);
    return centred(a, axis).divide(deviation).cast(Reductions.real(x));
  }

  static TTest one(NDArray x, double mean, int axis) {
    NDArray a = wide(x);
    double n = count(x, axis);
    NDArray statistic = a.mean(axis).subtract(mean).divide(a.var(1.0, axis).divide(n).sqrt());
    return new TTest(statistic, like(statistic, n - 1));
  }

  static TTest pairs(NDArray a, NDArray b, int axis) {
    if (!a.shape().equals(b.shape())) {
      throw new UsageException(
          "ttest_rel: shapes %s and %s; pairs need arrays of one shape"
              .formatted(a.shape(), b.shape()));
    }
    return one(wide(a).subtract(wide(b)), 0, axis);
  }

  static TTest two(NDArray x, NDArray y, boolean equal, int axis) {
    NDArray a = wide(x);
    NDArray b = wide(y);
    double n = count(x, axis);
    double m = count(y, axis);
    NDArray difference = a.mean(axis).subtract(b.mean(axis));
    NDArray left = a.var(1.0, axis);
    NDArray right = b.var(1.0, axis);
    if (equal) {
      double freedom = n + m - 2;
      NDArray pooled = left.multiply(n - 1).add(right.multiply(m - 1)).divide(freedom);
      NDArray statistic = difference.divide(pooled.multiply(1 / n + 1 / m).sqrt());
      return new TTest(statistic, like(statistic, freedom));
    }
    NDArray ofA = left.divide(n);
    NDArray ofB = right.divide(m);
    NDArray both = ofA.add(ofB);
    NDArray parts = ofA.square().divide(n - 1).add(ofB.square().divide(m - 1));
    return new TTest(difference.divide(both.sqrt()), both.square().divide(parts));
  }

  private static NDArray like(NDArray statistic, double number) {
    return statistic.session().fullLike(statistic, number);
  }
}
