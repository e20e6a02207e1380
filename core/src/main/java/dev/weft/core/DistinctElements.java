package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Promotion;

/**
 * The distinct elements of an array in order, and how often and where each is.
 *
 * @param values ascending, NaN last
 * @param index the first position of each in C order, int64
 * @param inverse for each element of the array the position of its value, int64
 * @param counts how often each is there, int64
 */
public record DistinctElements(NDArray values, NDArray index, NDArray inverse, NDArray counts) {

  /** The distinct elements, computed at once. */
  static NDArray values(NDArray x, boolean equalNan) {
    try (NDArray sorted = x.ravel().sort(-1, false).persist()) {
      return kept(sorted.select(begins(sorted, equalNan)));
    }
  }

  static DistinctElements of(NDArray x, boolean equalNan) {
    NDArray flat = x.ravel();
    Session session = x.session();
    try (NDArray order = flat.argsort(-1, false).persist();
        NDArray sorted = flat.sort(-1, false).persist();
        NDArray first = begins(sorted, equalNan).persist()) {
      NDArray values = kept(sorted.select(first));
      NDArray index = kept(order.select(first));
      NDArray places = kept(session.arange(flat.size()).select(first));
      NDArray ends = session.concatenate(0, places, session.full(DType.INT64, flat.size(), 1));
      NDArray counts = ends.diff(1, 0);
      NDArray inverse =
          x.dtype().isComplex()
              ? first
                  .cumsum(0)
                  .subtract(1L)
                  .take(order.argsort(-1, false), 0)
                  .reshape(x.shape().extents())
              : Ordering.search(values, x, false);
      return new DistinctElements(values, index, inverse, counts);
    }
  }

  /** Where a run of equal elements begins. */
  private static NDArray begins(NDArray sorted, boolean equalNan) {
    if (sorted.size() == 0) {
      return sorted.cast(DType.BOOL);
    }
    NDArray later = sorted.slice("1:");
    NDArray earlier = sorted.slice(":-1");
    NDArray changes = later.notEqual(earlier);
    if (equalNan && sorted.dtype().isInexact()) {
      changes = changes.logicalAnd(earlier.isnan().logicalNot());
    }
    return sorted.session().concatenate(0, sorted.session().full(DType.BOOL, 1, 1), changes);
  }

  private static NDArray kept(NDArray lazy) {
    return lazy.session().array(lazy.compute());
  }

  /** Which elements of x are among those of another array; NaN is equal to none. */
  static NDArray isin(NDArray x, NDArray among) {
    NDArray sorted = among.ravel().sort(-1, false);
    NDArray found = Ordering.search(sorted, x, true).greater(Ordering.search(sorted, x, false));
    return x.dtype().isFloating() ? found.logicalAnd(x.isnan().logicalNot()) : found;
  }

  static NDArray union(NDArray a, NDArray b) {
    return values(a.session().concatenate(0, a.ravel(), b.ravel()), true);
  }

  static NDArray intersection(NDArray a, NDArray b) {
    NDArray own = values(a.cast(Promotion.of(a.dtype(), b.dtype())), true);
    return kept(own.select(isin(own, b)));
  }

  static NDArray difference(NDArray a, NDArray b) {
    NDArray own = values(a, true);
    return kept(own.select(isin(own, b).logicalNot()));
  }

  /** What is in one of the arrays only. */
  static NDArray exclusive(NDArray a, NDArray b) {
    return kept(a.session().concatenate(0, difference(a, b), difference(b, a)).sort(-1, false));
  }
}
