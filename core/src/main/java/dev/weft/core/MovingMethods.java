package dev.weft.core;

import dev.weft.core.error.UsageException;

/**
 * What is computed of each element and its neighbours: statistics of windows that move along an
 * axis, convolutions, polynomials. Windows are sums of shifted views: the array is read, and
 * nothing as long as all windows together is made.
 */
public sealed interface MovingMethods permits NDArray {
  /** The array itself. */
  NDArray self();

  /**
   * The sums of all windows of {@code window} neighbours along an axis, which loses {@code window -
   * 1} elements: {@code [1, 2, 3, 4].movingSum(2, 0)} is {@code [3, 5, 7]}. Types as {@code sum}
   * has them; float32 is added up in float64.
   *
   * @throws UsageException for a window of less than 1 element, or longer than the axis
   */
  default NDArray movingSum(long window, int axis) {
    return Moving.sum(self(), window, axis);
  }

  /** The means of all windows along an axis; integers give float64. */
  default NDArray movingMean(long window, int axis) {
    return Moving.mean(self(), window, axis);
  }

  /** The smallest elements of all windows along an axis; NaN where there is one. */
  default NDArray movingMin(long window, int axis) {
    return Moving.extreme(self(), "moving_min", window, axis, NDArray::minimum);
  }

  /** The largest elements of all windows along an axis; NaN where there is one. */
  default NDArray movingMax(long window, int axis) {
    return Moving.extreme(self(), "moving_max", window, axis, NDArray::maximum);
  }

  /**
   * All windows of an axis, as a new last axis of {@code window} elements. The array that is
   * computed has each element so many times: the methods for moving statistics need less.
   *
   * @throws UsageException for a window of less than 1 element, or longer than the axis
   */
  default NDArray slidingWindowView(long window, int axis) {
    return Moving.windows(self(), window, axis);
  }

  /**
   * The convolution with a kernel of as many axes: sums of products with the kernel turned round.
   * The type is the promoted one; float32 is added up in float64.
   *
   * @param mode how much of it: all, as much as this, or where the kernel lies within
   * @throws UsageException for other ranks, no elements, or a kernel of more than 4096
   */
  default NDArray convolve(NDArray kernel, Overlap mode) {
    return Convolution.of(self(), self().session().own(kernel).flip(), mode);
  }

  /**
   * The correlation with a kernel of as many axes: sums of products with the kernel as it is, of
   * complex numbers with the other sign of imaginary parts.
   */
  default NDArray correlate(NDArray kernel, Overlap mode) {
    return Convolution.of(self(), self().session().own(kernel).conj(), mode);
  }

  /**
   * A polynomial at each element, by Horner's rule: {@code x.polyval(1, 0, -2)} is {@code x^2 - 2}.
   *
   * @param coefficients of falling powers
   */
  default NDArray polyval(double... coefficients) {
    return Moving.polynomial(self(), self().session().array(coefficients));
  }

  /**
   * The same; the type is the promoted one.
   *
   * @throws UsageException for coefficients that are no vector
   */
  default NDArray polyval(NDArray coefficients) {
    return Moving.polynomial(self(), self().session().own(coefficients));
  }

  /** How much of a convolution is wanted. */
  enum Overlap {
    /** Wherever the two overlap: as long as both together, minus 1. */
    FULL,
    /** As long as the first, from the middle of all. */
    SAME,
    /** Where the kernel lies within. */
    VALID
  }
}
