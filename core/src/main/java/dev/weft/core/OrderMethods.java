package dev.weft.core;

import dev.weft.core.error.UsageException;
import dev.weft.core.routine.QuantileMethod;
import org.jspecify.annotations.Nullable;

/**
 * Order, search and counts. NaN comes after all numbers. Tasks of sorting hold whole lines along
 * the axis; longer ones than a chunk are sorted in pieces, which are then merged, in memory.
 */
public sealed interface OrderMethods permits NDArray {
  /** The array itself. */
  NDArray self();

  /**
   * The elements in ascending order along an axis: {@code [3, 1, 2].sort(0)} is {@code [1, 2, 3]}.
   *
   * @throws UsageException for an axis out of range
   */
  default NDArray sort(int axis) {
    return sort(axis, false);
  }

  /** The elements in ascending or descending order along an axis; NaN comes first descending. */
  default NDArray sort(int axis, boolean descending) {
    return Ordering.sort(self(), axis, descending);
  }

  /**
   * The positions along an axis, int64, that put it in ascending order: {@code [3, 1,
   * 2].argsort(0)} is {@code [1, 2, 0]}. Equal elements stay in the order that they have.
   */
  default NDArray argsort(int axis) {
    return argsort(axis, false);
  }

  /** The positions that put an axis in ascending or descending order; the sort is stable. */
  default NDArray argsort(int axis, boolean descending) {
    return Ordering.argsort(self(), axis, descending);
  }

  /**
   * The {@code k} largest elements along an axis, the largest first; with a negative {@code k} the
   * smallest, the smallest first. All of them where there are fewer.
   *
   * @throws UsageException when {@code k} is 0
   */
  default NDArray topk(long k, int axis) {
    return Ordering.topk(self(), k, axis);
  }

  /** The positions of {@link #topk}, int64. */
  default NDArray argtopk(long k, int axis) {
    return Ordering.argtopk(self(), k, axis);
  }

  /**
   * The middle element of those along the axes, or the mean of the two in the middle: float64 for
   * integers and bool. NaN if there is one, or nothing. No axes means all.
   */
  default NDArray median(int... axes) {
    return Quantiles.median(self(), false, axes);
  }

  /** As {@link #median}, kept axes included. */
  default NDArray median(Axes axes) {
    return axes.reduce(self(), (x, over) -> x.median(over));
  }

  /** The median of what is not NaN; NaN where there is nothing else. */
  default NDArray nanmedian(int... axes) {
    return Quantiles.median(self(), true, axes);
  }

  /**
   * The element below which a part {@code q} of those along the axes lies, between two elements by
   * their distance: {@code [1, 2, 4].quantile(0.75)} is 3. NaN if there is one. No axes means all.
   *
   * @param q from 0 to 1
   * @throws UsageException for another {@code q}, for bool, and for axes without elements
   */
  default NDArray quantile(double q, int... axes) {
    return quantile(q, QuantileMethod.LINEAR, axes);
  }

  /** A quantile by one of the usual estimates; those that are elements keep the type. */
  default NDArray quantile(double q, QuantileMethod method, int... axes) {
    return quantiles(new double[] {q}, method, axes).squeeze(0);
  }

  /** Several quantiles at once, along a new first axis. */
  default NDArray quantiles(double[] q, QuantileMethod method, int... axes) {
    return Quantiles.quantiles(self(), q, method, false, axes);
  }

  /** Several quantiles of what is not NaN, along a new first axis. */
  default NDArray nanquantiles(double[] q, QuantileMethod method, int... axes) {
    return Quantiles.quantiles(self(), q, method, true, axes);
  }

  /** A quantile by percent, 0 to 100. */
  default NDArray percentile(double percent, int... axes) {
    double[] q = QuantileMethod.fromPercent("percentile", percent);
    return quantiles(q, QuantileMethod.LINEAR, axes).squeeze(0);
  }

  /**
   * Where elements would be put into this sorted vector so that it stays sorted: int64, of the
   * shape of {@code values}. {@code [1, 3, 3, 5].searchsorted(3, false)} is 1, with true it is 3.
   *
   * @param right whether behind equal elements
   * @throws UsageException when this is no vector; whether it is sorted is not checked
   */
  default NDArray searchsorted(NDArray values, boolean right) {
    return Ordering.search(self(), self().session().own(values), right);
  }

  /**
   * The number of the bin of each element, from 0 (before the first edge) to the number of edges:
   * {@code edges[i - 1] <= x < edges[i]}, or for descending edges the other way.
   *
   * @param right whether bins include their upper edge rather than their lower one
   * @throws UsageException for edges that neither ascend nor descend
   */
  default NDArray digitize(double[] edges, boolean right) {
    return Histograms.digitize(self(), edges, right);
  }

  /**
   * How many elements lie in each of so many bins of equal width from {@code low} to {@code high},
   * which the last one includes. Elements outside, and NaN, are not counted.
   *
   * @throws UsageException for fewer bins than 1, or a range that does not ascend
   */
  default NDArray histogram(long bins, double low, double high) {
    return histogram(Histograms.edges(self(), bins, new double[] {low, high}));
  }

  /**
   * The edges of so many bins of equal width, one more than bins.
   *
   * @param range where the first begins and the last ends; null for the smallest and the largest
   *     element, which are computed at once
   * @throws UsageException for fewer bins than 1, or a range that does not ascend
   */
  default double[] histogramEdges(long bins, double @Nullable [] range) {
    return Histograms.edges(self(), bins, range);
  }

  /** How many elements lie between ascending edges; the last bin includes its upper edge. */
  default NDArray histogram(double[] edges) {
    return Histograms.histogram(self(), edges, null);
  }

  /** The sums of the weights of the elements in each bin. */
  default NDArray histogram(double[] edges, NDArray weights) {
    return Histograms.histogram(self(), edges, self().session().own(weights));
  }

  /**
   * How many rows of this matrix lie in each box of a grid: one axis of the result for each column,
   * int64. The last bin of each axis includes its upper edge.
   *
   * @param edges ascending edges of the bins, for each column
   * @throws UsageException for another shape, or another number of lists of edges than columns
   */
  default NDArray histogramdd(double[]... edges) {
    return Histograms.grid(self(), edges, null);
  }

  /** The sums of the weights of the rows in each box, float64. */
  default NDArray histogramdd(NDArray weights, double[]... edges) {
    return Histograms.grid(self(), edges, self().session().own(weights));
  }

  /**
   * How often each of 0, 1, 2 … up to the largest is among the elements of a vector of integers.
   * Computes the largest at once.
   *
   * @param least the shortest result
   * @throws UsageException for negative elements
   */
  default NDArray bincount(long least) {
    return Histograms.bincount(self(), null, least);
  }

  /** The sums of the weights of each of 0, 1, 2 … among the elements, float64. */
  default NDArray bincount(NDArray weights, long least) {
    return Histograms.bincount(self(), self().session().own(weights), least);
  }

  /**
   * The distinct elements in ascending order, NaN once and last. Computed at once, since nobody
   * knows before how many there are.
   */
  default NDArray unique() {
    return unique(true);
  }

  /** The distinct elements; {@code equalNan} says whether NaN is there once or each for itself. */
  default NDArray unique(boolean equalNan) {
    return DistinctElements.values(self(), equalNan);
  }

  /**
   * The distinct elements, where and how often they are; computed at once.
   *
   * @param equalNan whether NaN is there once or each for itself
   */
  default DistinctElements distinct(boolean equalNan) {
    return DistinctElements.of(self(), equalNan);
  }

  /** Which elements are also in another array; NaN never is. */
  default NDArray isin(NDArray among) {
    return DistinctElements.isin(self(), self().session().own(among));
  }

  /** The distinct elements of this or another array, ascending; computed at once. */
  default NDArray union1d(NDArray other) {
    return DistinctElements.union(self(), self().session().own(other));
  }

  /** The distinct elements of both arrays, ascending; computed at once. */
  default NDArray intersect1d(NDArray other) {
    return DistinctElements.intersection(self(), self().session().own(other));
  }

  /** The distinct elements that are not in another array, ascending; computed at once. */
  default NDArray setdiff1d(NDArray other) {
    return DistinctElements.difference(self(), self().session().own(other));
  }

  /** The distinct elements that are in one of the arrays only, ascending; computed at once. */
  default NDArray setxor1d(NDArray other) {
    return DistinctElements.exclusive(self(), self().session().own(other));
  }
}
