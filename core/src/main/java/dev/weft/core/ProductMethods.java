package dev.weft.core;

import dev.weft.core.error.UsageException;

/** Products and norms of vectors and matrices, beside {@link NDArray#matmul}. */
public sealed interface ProductMethods permits NDArray {
  /** The array itself. */
  NDArray self();

  /**
   * Sums of products over the last axes of both: {@code (2, 3)} and {@code (4, 3)} give {@code (2,
   * 4)}. With an array without axes, its product with each element.
   *
   * @throws UsageException when the last extents differ
   */
  default NDArray inner(NDArray other) {
    return Norms.inner(self(), self().session().own(other));
  }

  /**
   * Sums of products along an axis of both, over which the others broadcast. The type is the
   * promoted one, so that sums of small integers wrap around.
   *
   * @throws UsageException when the extents along the axis differ, or the others do not broadcast
   */
  default NDArray vecdot(NDArray other, int axis) {
    return Norms.vecdot(self(), self().session().own(other), axis);
  }

  /**
   * Lengths of vectors. {@code order} 2 is Euclid's; {@code Double.POSITIVE_INFINITY} gives the
   * largest size of an element, {@code NEGATIVE_INFINITY} the smallest, 0 the number of elements
   * that are not 0, and any other p the root {@code sum(|x|^p)^(1/p)}. Computed in float64 and
   * rounded once; integers give float64.
   *
   * @param axes over which a vector lies; none for all
   */
  default NDArray vectorNorm(double order, int... axes) {
    return Norms.vector(self(), order, axes);
  }

  /** The same over axes that may stay. */
  default NDArray vectorNorm(double order, Axes axes) {
    return axes.reduce(self(), (x, over) -> x.vectorNorm(order, over));
  }

  /**
   * Norms of the matrices that the last two axes form: {@code order} 1 gives the largest sum of
   * sizes in a column, {@code Double.POSITIVE_INFINITY} in a row, 2 the largest singular value; -1,
   * {@code NEGATIVE_INFINITY} and -2 the smallest.
   *
   * @throws UsageException for other orders, for less than two axes, and for 2 and -2 where LAPACK
   *     is missing
   */
  default NDArray matrixNorm(double order) {
    return Norms.matrix(self(), order);
  }

  /**
   * Frobenius' norms of the matrices that the last two axes form: roots of sums of squares.
   *
   * @throws UsageException for less than two axes
   */
  default NDArray frobeniusNorm() {
    Norms.requireMatrices("matrix_norm", self());
    return vectorNorm(2, -2, -1);
  }

  /**
   * Nuclear norms of the matrices that the last two axes form: sums of their singular values.
   *
   * @throws UsageException for less than two axes, and where LAPACK is missing
   */
  default NDArray nuclearNorm() {
    Norms.requireMatrices("matrix_norm", self());
    return Factorizations.svdvals(self()).sum(-1);
  }

  /**
   * Square matrices, the last two axes, multiplied by themselves; by repeated squaring. 0 gives the
   * identity; a negative power is one of the inverse, which is floating.
   *
   * @throws UsageException for matrices that are not square, and for negative powers where LAPACK
   *     is missing; of singular matrices when they are computed
   */
  default NDArray matrixPower(long power) {
    return Norms.power(self(), power);
  }
}
