package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Promotion;
import dev.weft.core.error.UsageException;

/** Lines through points, and polynomials near them. */
final class Curves {
  private Curves() {}

  /** NumPy's interp: the line through the neighbours of each element. */
  static NDArray interpolate(NDArray x, NDArray places, NDArray values) {
    if (places.rank() != 1 || !places.shape().equals(values.shape()) || places.size() == 0) {
      throw new UsageException(
          "interp: places of shape %s and values of shape %s; use two vectors of one length, with elements"
              .formatted(places.shape(), values.shape()));
    }
    if (values.dtype().isComplex()) {
      return interpolate(x, places, values.real()).complex(interpolate(x, places, values.imag()));
    }
    NDArray at = x.cast(DType.FLOAT64);
    NDArray xp = places.cast(DType.FLOAT64);
    NDArray fp = values.cast(DType.FLOAT64);
    long last = xp.size() - 1;
    // The last place that is not beyond the element.
    NDArray before = Ordering.search(xp, at, true).subtract(1L);
    NDArray left = before.clip(0L, Math.max(0, last - 1));
    NDArray right = left.add(1L).clip(0L, last);
    NDArray x0 = xp.take(left, 0);
    NDArray f0 = fp.take(left, 0);
    NDArray f1 = fp.take(right, 0);
    NDArray slope = f1.subtract(f0).divide(xp.take(right, 0).subtract(x0));
    NDArray line = at.equal(x0).where(f0, slope.multiply(at.subtract(x0)).add(f0));
    NDArray inside = before.greaterEqual(last).where(fp.slice(Index.at(last)), line);
    NDArray all = before.less(0L).where(fp.slice(Index.at(0)), inside);
    return at.isnan().where(Double.NaN, all);
  }

  /** Least squares of powers, whose columns are brought to one size before. */
  static NDArray polynomial(NDArray x, NDArray y, long degree) {
    if (x.rank() != 1 || x.size() == 0 || y.rank() < 1 || y.rank() > 2) {
      throw new UsageException(
          "polyfit: places of shape %s and values of shape %s; use a vector with elements, and a vector or columns"
              .formatted(x.shape(), y.shape()));
    }
    if (y.shape().extent(0) != x.size()) {
      throw new UsageException(
          "polyfit: %d places and %d values; use as many of both"
              .formatted(x.size(), y.shape().extent(0)));
    }
    if (degree < 0) {
      throw new UsageException("polyfit: degree %d; use 0 or more".formatted(degree));
    }
    DType dtype = Promotion.of(Promotion.of(x.dtype(), y.dtype()), DType.FLOAT64);
    NDArray powers = x.cast(dtype).vander(degree + 1, false);
    NDArray sizes = powers.multiply(powers.conj()).real().sum(0).sqrt();
    double cutoff = x.size() * Math.ulp(1.0);
    NDArray scaled = powers.divide(sizes).lstsq(y.cast(dtype), cutoff).x();
    return scaled.divide(y.rank() == 1 ? sizes : sizes.expandDims(1));
  }

  /** Blocks of an axis, each reduced to one element. */
  static NDArray coarsen(NDArray x, String reduction, int axis, long block, boolean trim) {
    int along = x.shape().axis("coarsen", axis);
    long extent = x.shape().extent(along);
    if (block < 1) {
      throw new UsageException("coarsen: blocks of %d elements; use 1 or more".formatted(block));
    }
    if (extent % block != 0 && !trim) {
      throw new UsageException(
          "coarsen: axis %d of shape %s is %d, which is no multiple of %d; trim leaves the rest out"
              .formatted(along, x.shape(), extent, block));
    }
    long blocks = extent / block;
    NDArray even = Pieces.part(x, along, 0, blocks * block);
    long[] split = even.shape().with(along, blocks).insert(along + 1, block).extents();
    return Reductions.reduce(reduction, even.reshape(split), along + 1);
  }
}
