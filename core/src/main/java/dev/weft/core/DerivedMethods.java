package dev.weft.core;

import dev.weft.core.error.UsageException;

/** Functions that are made of other functions: differences, decimals, sums over several axes. */
public sealed interface DerivedMethods permits NDArray {
  /** The array itself. */
  NDArray self();

  /**
   * Differences of neighbours along an axis, taken {@code n} times: {@code [1, 4, 9].diff(1, 0)} is
   * {@code [3, 5]}. Of bool, whether they differ. The axis loses {@code n} elements, at most all.
   *
   * @param n how often, 0 or more; 0 gives the array itself
   * @throws UsageException for a negative {@code n}, or an axis out of range
   */
  default NDArray diff(long n, int axis) {
    return Derived.diff(self(), n, axis);
  }

  /**
   * The nearest number with so many decimals, halves to even: {@code 2.345} with 2 is {@code 2.34}
   * (by NumPy's rule: scaled, rounded, and scaled back). A negative number rounds to tens, hundreds
   * and so on; integers are then rounded exactly and keep their type, and are as they are for 0 or
   * more.
   *
   * @throws UsageException for bool
   */
  default NDArray round(int decimals) {
    return Derived.round(self(), decimals);
  }

  /**
   * Sum of products over the last {@code axes} axes of this and the first {@code axes} of the
   * other; 0 gives all products.
   *
   * @throws UsageException when either has not so many axes, or their extents differ
   */
  default NDArray tensordot(NDArray other, int axes) {
    return LinearAlgebra.tensordot(self(), self().session().own(other), axes);
  }
}
