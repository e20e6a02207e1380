package dev.weft.core;

import static dev.weft.core.Reductions.reduce;

import dev.weft.core.dtype.DType;
import dev.weft.core.op.ElementwiseOps;
import org.jspecify.annotations.Nullable;

/**
 * Reductions over any axes. No axes means all of them; axes may count from the end. Each returns an
 * array without the reduced axes; {@link Axes#keepDims} keeps them with extent 1. The order of
 * additions is fixed, see the user guide's page on reproducibility.
 */
public sealed interface ReductionMethods permits NDArray {
  /** The array itself. */
  NDArray self();

  /** Sum; integers and bool add up as int64, unsigned ones as uint64. */
  default NDArray sum(int... axes) {
    return reduce("sum", self(), axes);
  }

  /** Sum; integers and bool add up as int64, unsigned ones as uint64. */
  default NDArray sum(Axes axes) {
    return axes.reduce(self(), (x, over) -> reduce("sum", x, over));
  }

  /** Product; integers and bool multiply as int64, unsigned ones as uint64. */
  default NDArray prod(int... axes) {
    return reduce("prod", self(), axes);
  }

  /** Product; integers and bool multiply as int64, unsigned ones as uint64. */
  default NDArray prod(Axes axes) {
    return axes.reduce(self(), (x, over) -> reduce("prod", x, over));
  }

  /** Smallest element, NaN if there is one. */
  default NDArray min(int... axes) {
    return reduce("min", self(), axes);
  }

  /** Smallest element, NaN if there is one. */
  default NDArray min(Axes axes) {
    return axes.reduce(self(), (x, over) -> reduce("min", x, over));
  }

  /** Largest element, NaN if there is one. */
  default NDArray max(int... axes) {
    return reduce("max", self(), axes);
  }

  /** Largest element, NaN if there is one. */
  default NDArray max(Axes axes) {
    return axes.reduce(self(), (x, over) -> reduce("max", x, over));
  }

  /** Arithmetic mean; integers give float64, in which they are added up. */
  default NDArray mean(int... axes) {
    return reduce("mean", self(), axes);
  }

  /** Arithmetic mean; integers give float64, in which they are added up. */
  default NDArray mean(Axes axes) {
    return axes.reduce(self(), (x, over) -> reduce("mean", x, over));
  }

  /** Variance with divisor n. */
  default NDArray var(int... axes) {
    return reduce("var", self(), axes);
  }

  /** Variance with divisor n. */
  default NDArray var(Axes axes) {
    return axes.reduce(self(), (x, over) -> reduce("var", x, over));
  }

  /** Standard deviation with divisor n. */
  default NDArray std(int... axes) {
    return reduce("std", self(), axes);
  }

  /** Standard deviation with divisor n. */
  default NDArray std(Axes axes) {
    return axes.reduce(self(), (x, over) -> reduce("std", x, over));
  }

  /** Variance with divisor n - ddof. */
  default NDArray var(double ddof, int... axes) {
    return Reductions.variance("var", self(), ddof, axes);
  }

  /** Variance with divisor n - ddof. */
  default NDArray var(double ddof, Axes axes) {
    return axes.reduce(self(), (x, over) -> x.var(ddof, over));
  }

  /** Standard deviation with divisor n - ddof. */
  default NDArray std(double ddof, int... axes) {
    return Reductions.variance("std", self(), ddof, axes);
  }

  /** Standard deviation with divisor n - ddof. */
  default NDArray std(double ddof, Axes axes) {
    return axes.reduce(self(), (x, over) -> x.std(ddof, over));
  }

  /** Whether any element is not 0. */
  default NDArray any(int... axes) {
    return reduce("any", self(), axes);
  }

  /** Whether any element is not 0. */
  default NDArray any(Axes axes) {
    return axes.reduce(self(), (x, over) -> reduce("any", x, over));
  }

  /** Whether all elements are not 0. */
  default NDArray all(int... axes) {
    return reduce("all", self(), axes);
  }

  /** Whether all elements are not 0. */
  default NDArray all(Axes axes) {
    return axes.reduce(self(), (x, over) -> reduce("all", x, over));
  }

  /** Number of elements that are not 0, int64. */
  default NDArray countNonzero(int... axes) {
    return reduce("count_nonzero", self(), axes);
  }

  /** Number of elements that are not 0, int64. */
  default NDArray countNonzero(Axes axes) {
    return axes.reduce(self(), (x, over) -> reduce("count_nonzero", x, over));
  }

  /** Position of the first smallest element along one axis, or in C order over all. */
  default NDArray argmin(int... axis) {
    return reduce("argmin", self(), axis);
  }

  /** Position of the first smallest element along one axis, or in C order over all. */
  default NDArray argmin(Axes axes) {
    return axes.reduce(self(), (x, over) -> reduce("argmin", x, over));
  }

  /** Position of the first largest element along one axis, or in C order over all. */
  default NDArray argmax(int... axis) {
    return reduce("argmax", self(), axis);
  }

  /** Position of the first largest element along one axis, or in C order over all. */
  default NDArray argmax(Axes axes) {
    return axes.reduce(self(), (x, over) -> reduce("argmax", x, over));
  }

  /** Sum of the elements that are not NaN. */
  default NDArray nansum(int... axes) {
    return reduce("nansum", self(), axes);
  }

  /** Sum of the elements that are not NaN. */
  default NDArray nansum(Axes axes) {
    return axes.reduce(self(), (x, over) -> reduce("nansum", x, over));
  }

  /** Product of the elements that are not NaN. */
  default NDArray nanprod(int... axes) {
    return reduce("nanprod", self(), axes);
  }

  /** Product of the elements that are not NaN. */
  default NDArray nanprod(Axes axes) {
    return axes.reduce(self(), (x, over) -> reduce("nanprod", x, over));
  }

  /** Smallest element that is not NaN; NaN if there is none. */
  default NDArray nanmin(int... axes) {
    return reduce("nanmin", self(), axes);
  }

  /** Smallest element that is not NaN; NaN if there is none. */
  default NDArray nanmin(Axes axes) {
    return axes.reduce(self(), (x, over) -> reduce("nanmin", x, over));
  }

  /** Largest element that is not NaN; NaN if there is none. */
  default NDArray nanmax(int... axes) {
    return reduce("nanmax", self(), axes);
  }

  /** Largest element that is not NaN; NaN if there is none. */
  default NDArray nanmax(Axes axes) {
    return axes.reduce(self(), (x, over) -> reduce("nanmax", x, over));
  }

  /** Mean of the elements that are not NaN. */
  default NDArray nanmean(int... axes) {
    return reduce("nanmean", self(), axes);
  }

  /** Mean of the elements that are not NaN. */
  default NDArray nanmean(Axes axes) {
    return axes.reduce(self(), (x, over) -> reduce("nanmean", x, over));
  }

  /** Variance of the elements that are not NaN, with divisor n. */
  default NDArray nanvar(int... axes) {
    return reduce("nanvar", self(), axes);
  }

  /** Variance of the elements that are not NaN, with divisor n. */
  default NDArray nanvar(Axes axes) {
    return axes.reduce(self(), (x, over) -> reduce("nanvar", x, over));
  }

  /** Standard deviation of the elements that are not NaN, with divisor n. */
  default NDArray nanstd(int... axes) {
    return reduce("nanstd", self(), axes);
  }

  /** Standard deviation of the elements that are not NaN, with divisor n. */
  default NDArray nanstd(Axes axes) {
    return axes.reduce(self(), (x, over) -> reduce("nanstd", x, over));
  }

  /**
   * Variance of the elements that are not NaN, with divisor n - ddof; NaN where that is not > 0.
   */
  default NDArray nanvar(double ddof, int... axes) {
    return Reductions.variance("nanvar", self(), ddof, axes);
  }

  /** Variance of the elements that are not NaN, with divisor n - ddof. */
  default NDArray nanvar(double ddof, Axes axes) {
    return axes.reduce(self(), (x, over) -> x.nanvar(ddof, over));
  }

  /** Standard deviation of the elements that are not NaN; as {@link #nanvar(double, int...)}. */
  default NDArray nanstd(double ddof, int... axes) {
    return Reductions.variance("nanstd", self(), ddof, axes);
  }

  /** Standard deviation of the elements that are not NaN, with divisor n - ddof. */
  default NDArray nanstd(double ddof, Axes axes) {
    return axes.reduce(self(), (x, over) -> x.nanstd(ddof, over));
  }

  /** Position of the first smallest element that is not NaN; 0 if there is none. */
  default NDArray nanargmin(int... axis) {
    return reduce("nanargmin", self(), axis);
  }

  /** Position of the first largest element that is not NaN; 0 if there is none. */
  default NDArray nanargmax(int... axis) {
    return reduce("nanargmax", self(), axis);
  }

  /** As {@link #nanargmin(int...)}. */
  default NDArray nanargmin(Axes axes) {
    return axes.reduce(self(), (x, over) -> reduce("nanargmin", x, over));
  }

  /** As {@link #nanargmax(int...)}. */
  default NDArray nanargmax(Axes axes) {
    return axes.reduce(self(), (x, over) -> reduce("nanargmax", x, over));
  }

  /** Running sum along an axis. */
  default NDArray cumsum(int axis) {
    return Reductions.scan("cumsum", self(), axis);
  }

  /** Running product along an axis. */
  default NDArray cumprod(int axis) {
    return Reductions.scan("cumprod", self(), axis);
  }

  /**
   * Running sum along an axis, by the Array API's name and arguments: {@code [1, 2, 4]} gives
   * {@code [1, 3, 7]}, with the initial value {@code [0, 1, 3, 7]}.
   *
   * @param dtype in which is added up, and of the result; null for {@link #cumsum}'s
   * @param includeInitial whether 0 stands in front
   */
  default NDArray cumulativeSum(int axis, @Nullable DType dtype, boolean includeInitial) {
    return Reductions.cumulative("cumsum", self(), axis, dtype, includeInitial);
  }

  /** Running product along an axis; as {@link #cumulativeSum}, the initial value is 1. */
  default NDArray cumulativeProd(int axis, @Nullable DType dtype, boolean includeInitial) {
    return Reductions.cumulative("cumprod", self(), axis, dtype, includeInitial);
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

  /** Sum computed and given as {@code dtype}. */
  default NDArray sum(DType dtype, Axes axes) {
    return axes.reduce(self(), (x, over) -> x.sum(dtype, over));
  }

  /** Product computed and given as {@code dtype}. */
  default NDArray prod(DType dtype, int... axes) {
    return reduce("prod", self().cast(dtype), axes).cast(dtype);
  }

  /** Product computed and given as {@code dtype}. */
  default NDArray prod(DType dtype, Axes axes) {
    return axes.reduce(self(), (x, over) -> x.prod(dtype, over));
  }
}
