package dev.weft.core;

import static dev.weft.core.Reductions.reduce;

import dev.weft.core.dtype.DType;
import dev.weft.core.op.ElementwiseOps;

/**
 * Reductions over any axes. No axes means all of them; axes may count from the end. Each returns an
 * array without the reduced axes; {@link NDArray#keepdims} puts them back with extent 1. The order
 * of additions is fixed, see the user guide's page on reproducibility.
 */
public sealed interface ReductionMethods permits NDArray {
  /** The array itself. */
  NDArray self();

  /** Sum; integers and bool add up as int64. */
  default NDArray sum(int... axes) {
    return reduce("sum", self(), axes);
  }

  /** Product; integers and bool multiply as int64. */
  default NDArray prod(int... axes) {
    return reduce("prod", self(), axes);
  }

  /** Smallest element, NaN if there is one. */
  default NDArray min(int... axes) {
    return reduce("min", self(), axes);
  }

  /** Largest element, NaN if there is one. */
  default NDArray max(int... axes) {
    return reduce("max", self(), axes);
  }

  /** Arithmetic mean; integers give float64, in which they are added up. */
  default NDArray mean(int... axes) {
    return reduce("mean", self(), axes);
  }

  /** Variance with divisor n. */
  default NDArray var(int... axes) {
    return reduce("var", self(), axes);
  }

  /** Standard deviation with divisor n. */
  default NDArray std(int... axes) {
    return reduce("std", self(), axes);
  }

  /** Variance with divisor n - ddof. */
  default NDArray var(double ddof, int... axes) {
    return Reductions.variance("var", self(), ddof, axes);
  }

  /** Standard deviation with divisor n - ddof. */
  default NDArray std(double ddof, int... axes) {
    return Reductions.variance("std", self(), ddof, axes);
  }

  /** Whether any element is not 0. */
  default NDArray any(int... axes) {
    return reduce("any", self(), axes);
  }

  /** Whether all elements are not 0. */
  default NDArray all(int... axes) {
    return reduce("all", self(), axes);
  }

  /** Number of elements that are not 0, int64. */
  default NDArray countNonzero(int... axes) {
    return reduce("count_nonzero", self(), axes);
  }

  /** Position of the first smallest element along one axis, or in C order over all. */
  default NDArray argmin(int... axis) {
    return reduce("argmin", self(), axis);
  }

  /** Position of the first largest element along one axis, or in C order over all. */
  default NDArray argmax(int... axis) {
    return reduce("argmax", self(), axis);
  }

  /** Sum of the elements that are not NaN. */
  default NDArray nansum(int... axes) {
    return reduce("nansum", self(), axes);
  }

  /** Product of the elements that are not NaN. */
  default NDArray nanprod(int... axes) {
    return reduce("nanprod", self(), axes);
  }

  /** Smallest element that is not NaN; NaN if there is none. */
  default NDArray nanmin(int... axes) {
    return reduce("nanmin", self(), axes);
  }

  /** Largest element that is not NaN; NaN if there is none. */
  default NDArray nanmax(int... axes) {
    return reduce("nanmax", self(), axes);
  }

  /** Mean of the elements that are not NaN. */
  default NDArray nanmean(int... axes) {
    return reduce("nanmean", self(), axes);
  }

  /** Variance of the elements that are not NaN, with divisor n. */
  default NDArray nanvar(int... axes) {
    return reduce("nanvar", self(), axes);
  }

  /** Standard deviation of the elements that are not NaN, with divisor n. */
  default NDArray nanstd(int... axes) {
    return reduce("nanstd", self(), axes);
  }

  /**
   * Variance of the elements that are not NaN, with divisor n - ddof; NaN where that is not > 0.
   */
  default NDArray nanvar(double ddof, int... axes) {
    return Reductions.variance("nanvar", self(), ddof, axes);
  }

  /** Standard deviation of the elements that are not NaN; as {@link #nanvar(double, int...)}. */
  default NDArray nanstd(double ddof, int... axes) {
    return Reductions.variance("nanstd", self(), ddof, axes);
  }

  /** Position of the first smallest element that is not NaN; 0 if there is none. */
  default NDArray nanargmin(int... axis) {
    return reduce("nanargmin", self(), axis);
  }

  /** Position of the first largest element that is not NaN; 0 if there is none. */
  default NDArray nanargmax(int... axis) {
    return reduce("nanargmax", self(), axis);
  }

  /** Running sum along an axis. */
  default NDArray cumsum(int axis) {
    return Reductions.scan("cumsum", self(), axis);
  }

  /** Running product along an axis. */
  default NDArray cumprod(int axis) {
    return Reductions.scan("cumprod", self(), axis);
  }

  /** Running sum along an axis of the elements that are not NaN. */
  default NDArray nancumsum(int axis) {
    return Reductions.scan("nancumsum", self(), axis);
  }

  /** Running product along an axis of the elements that are not NaN. */
  default NDArray nancumprod(int axis) {
    return Reductions.scan("nancumprod", self(), axis);
  }

  /** Whether all elements are close to the other array's. */
  default NDArray allclose(NDArray other) {
    return self().apply(ElementwiseOps.ISCLOSE, other).all();
  }

  /**
   * Whether |this - other| <= atol + rtol |other|, or both are equal, as for infinities.
   *
   * @param rtol relative tolerance, 1e-5 in {@link #isclose(NDArray)}
   * @param atol absolute tolerance, 1e-8 there
   * @param equalNan whether two NaN count as close
   */
  default NDArray isclose(NDArray other, double rtol, double atol, boolean equalNan) {
    return Closeness.isclose(self(), other, rtol, atol, equalNan);
  }

  /** Whether all are; see {@link NDArray#isclose(NDArray, double, double, boolean)}. */
  default NDArray allclose(NDArray other, double rtol, double atol, boolean equalNan) {
    return Closeness.isclose(self(), other, rtol, atol, equalNan).all();
  }

  /** Sum computed and given as {@code dtype}. */
  default NDArray sum(DType dtype, int... axes) {
    return reduce("sum", self().cast(dtype), axes).cast(dtype);
  }
}
