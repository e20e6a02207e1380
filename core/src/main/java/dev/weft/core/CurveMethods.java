package dev.weft.core;

import dev.weft.core.error.UsageException;

/** Curves through points, and coarser arrays. */
public sealed interface CurveMethods permits NDArray {
  /** This array, for the methods here. */
  NDArray self();

  /**
   * The values at these places of the curve that goes in straight lines from point to point:
   * float64, before the first point its value, and behind the last one its. {@code [0.5,
   * 9].interp([0, 1], [10, 20])} is {@code [15, 20]}.
   *
   * @param places of the points, a vector that ascends; whether it does is not checked
   * @param values at the points
   * @throws UsageException for vectors of different lengths, or without elements
   */
  default NDArray interp(NDArray places, NDArray values) {
    Session session = self().session();
    return Curves.interpolate(self(), session.own(places), session.own(values));
  }

  /**
   * The coefficients, highest power first, of the polynomial that has the smallest sum of squares
   * of distances from values at these places: {@code [0, 1, 2].polyfit([1, 3, 5], 1)} is {@code [2,
   * 1]}. float64, or complex128. Works with LAPACK, as {@link LinalgMethods#lstsq} does.
   *
   * @param values a vector, or columns that are fitted each for itself
   * @throws UsageException for another number of values than places, or a negative degree
   */
  default NDArray polyfit(NDArray values, long degree) {
    return Curves.polynomial(self(), self().session().own(values), degree);
  }

  /**
   * Blocks of so many neighbours along an axis, each reduced to one element: {@code [1, 2, 3,
   * 4].coarsen("mean", 0, 2, false)} is {@code [1.5, 3.5]}.
   *
   * @param reduction its name, as in {@link Reductions#names}
   * @param trim whether elements that fill no block are left out
   * @throws UsageException for an axis that is no multiple of the block, unless it is trimmed
   */
  default NDArray coarsen(String reduction, int axis, long block, boolean trim) {
    return Curves.coarsen(self(), reduction, axis, block, trim);
  }
}
