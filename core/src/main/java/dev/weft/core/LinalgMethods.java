package dev.weft.core;

import dev.weft.core.error.UsageException;

/**
 * NumPy's {@code linalg}: equations, inverses and decompositions of the matrices that the last two
 * axes form. The axes in front of them number the matrices, which are worked on side by side. Each
 * matrix is in one chunk. Integers and bool give float64; float32 and complex64 are computed as
 * such.
 *
 * <pre>{@code
 * NDArray x = a.solve(b);                 // a (100, 3, 3), b (100, 3, 2): x (100, 3, 2)
 * Linalg.Svd parts = a.svd();             // parts.u(), parts.s(), parts.vh()
 * NDArray best = a.lstsq(y).x();
 * }</pre>
 *
 * <p>The work is done by the LAPACK of OpenBLAS. Where that is missing, every method says so with a
 * {@link UsageException}, as for less than two axes. What depends on elements, such as a singular
 * matrix, fails when it is computed, and names the matrix.
 */
public sealed interface LinalgMethods permits NDArray {
  /** The array itself. */
  NDArray self();

  /**
   * The solution x of {@code this @ x = b}. A {@code b} with one axis is a vector; any other has
   * matrices, whose axes in front broadcast with those of this: {@code (5, 3, 3)} and {@code (3,
   * 2)} give {@code (5, 3, 2)}.
   *
   * @throws UsageException for matrices that are not square, or another number of rows in b; for a
   *     singular matrix when it is computed
   */
  default NDArray solve(NDArray b) {
    return Solving.solve(self(), self().session().own(b));
  }

  /**
   * The same for triangles, of which only that half is read.
   *
   * @param lower whether the lower half
   * @param transposed whether {@code transpose(this) @ x = b}; for the conjugate transpose, of
   *     {@link ComplexMethods#conj}
   * @param unitDiagonal whether the diagonal counts as ones, and is not read
   */
  default NDArray solveTriangular(
      NDArray b, boolean lower, boolean transposed, boolean unitDiagonal) {
    return Solving.triangular(self(), self().session().own(b), lower, transposed, unitDiagonal);
  }

  /**
   * The solution x of {@code tensordot(this, x, x.rank()) = b}: the first axes of this are those of
   * b, the others those of x, with as many elements.
   *
   * @throws UsageException for extents that do not fit
   */
  default NDArray tensorsolve(NDArray b) {
    return Solving.tensorsolve(self(), self().session().own(b));
  }

  /**
   * The inverse of {@code b -> tensordot(this, b)}: {@code (2, 3, 6)} with {@code leading} 2 gives
   * {@code (6, 2, 3)}.
   *
   * @param leading how many of the axes are those of a result, with as many elements as the others
   * @throws UsageException for extents that do not fit
   */
  default NDArray tensorinv(int leading) {
    return Solving.tensorinv(self(), leading);
  }

  /**
   * Inverses of square matrices.
   *
   * @throws UsageException for matrices that are not square; for a singular one when it is computed
   */
  default NDArray inv() {
    return Solving.inv(self(), false);
  }

  /**
   * Pseudo-inverses, by singular values: {@code (..., m, n)} gives {@code (..., n, m)}. Values
   * below the larger of m and n times the type's epsilon, as a part of the largest, count as 0.
   */
  default NDArray pinv() {
    return Solving.pinv(self(), null);
  }

  /**
   * Pseudo-inverses.
   *
   * @param rtol the part of the largest singular value at which others count as 0
   */
  default NDArray pinv(double rtol) {
    return Solving.pinv(self(), rtol);
  }

  /**
   * Least squares: x for which the sum of squares of {@code b - this @ x} is the smallest. {@code
   * b} is a vector or matrices, with as many rows.
   *
   * @throws UsageException for another number of rows in b
   */
  default Linalg.Lstsq lstsq(NDArray b) {
    return Solving.lstsq(self(), self().session().own(b), null);
  }

  /**
   * Least squares.
   *
   * @param rcond the part of the largest singular value at which others count as 0
   */
  default Linalg.Lstsq lstsq(NDArray b, double rcond) {
    return Solving.lstsq(self(), self().session().own(b), rcond);
  }

  /**
   * Determinants: {@code (..., n, n)} gives {@code (...)}.
   *
   * @throws UsageException for matrices that are not square
   */
  default NDArray det() {
    return Factorizations.det(self());
  }

  /**
   * Signs and logarithms of determinants, which may be beyond all numbers themselves.
   *
   * @throws UsageException for matrices that are not square
   */
  default Linalg.Slogdet slogdet() {
    return Factorizations.slogdet(self());
  }

  /**
   * The triangle l of positive definite matrices {@code l @ transpose(l)}, of whose lower half
   * alone it is computed.
   *
   * @param upper whether the upper triangle u of {@code transpose(conj(u)) @ u}, from the upper
   *     half
   * @throws UsageException for matrices that are not square; for one that is not positive definite
   *     when it is computed
   */
  default NDArray cholesky(boolean upper) {
    return Factorizations.cholesky(self(), upper);
  }

  /**
   * Orthonormal columns and upper triangles: {@code (..., m, n)} gives q {@code (..., m, k)} and r
   * {@code (..., k, n)}, with k the smaller of m and n.
   */
  default Linalg.Qr qr() {
    return Factorizations.qr(self(), false);
  }

  /**
   * Orthonormal columns and upper triangles.
   *
   * @param complete whether q is square, and r has as many rows as the matrix
   */
  default Linalg.Qr qr(boolean complete) {
    return Factorizations.qr(self(), complete);
  }

  /** The upper triangles of {@link #qr} without the columns. */
  default NDArray triangleOfQr() {
    return Factorizations.triangle(self());
  }

  /**
   * Singular values and as many vectors: {@code (..., m, n)} gives u {@code (..., m, k)}, s {@code
   * (..., k)} and vh {@code (..., k, n)}, with k the smaller of m and n. Fails for NaN when it is
   * computed.
   */
  default Linalg.Svd svd() {
    return Factorizations.svd(self(), false);
  }

  /**
   * Singular values and vectors.
   *
   * @param fullMatrices whether u and vh are square, as in NumPy where nothing is said
   */
  default Linalg.Svd svd(boolean fullMatrices) {
    return Factorizations.svd(self(), fullMatrices);
  }

  /** Singular values, largest first: {@code (..., m, n)} gives {@code (..., min(m, n))}. */
  default NDArray svdvals() {
    return Factorizations.svdvals(self());
  }

  /**
   * Eigenvalues, ascending, and eigenvectors of symmetric or Hermitian matrices, of which the lower
   * half alone is read.
   *
   * @throws UsageException for matrices that are not square
   */
  default Linalg.Eigh eigh() {
    return Factorizations.eigh(self(), false);
  }

  /**
   * Eigenvalues and eigenvectors of symmetric or Hermitian matrices.
   *
   * @param upper whether the upper half is read
   */
  default Linalg.Eigh eigh(boolean upper) {
    return Factorizations.eigh(self(), upper);
  }

  /**
   * Eigenvalues, ascending, of symmetric or Hermitian matrices, of which the lower half alone is
   * read.
   */
  default NDArray eigvalsh() {
    return Factorizations.eigvalsh(self(), false);
  }

  /**
   * Eigenvalues of symmetric or Hermitian matrices.
   *
   * @param upper whether the upper half is read
   */
  default NDArray eigvalsh(boolean upper) {
    return Factorizations.eigvalsh(self(), upper);
  }

  /**
   * Eigenvalues and eigenvectors of any square matrices, complex also where all are real.
   *
   * @throws UsageException for matrices that are not square
   */
  default Linalg.Eig eig() {
    return Factorizations.eig(self());
  }

  /** Eigenvalues of any square matrices, complex also where all are real. */
  default NDArray eigvals() {
    return Factorizations.eigvals(self());
  }

  /**
   * Triangles: {@code (..., m, n)} gives p {@code (..., m, m)}, l {@code (..., m, k)} and u {@code
   * (..., k, n)}, with k the smaller of m and n, for which {@code p @ l @ u} is the matrix.
   */
  default Linalg.Lu lu() {
    return Factorizations.lu(self());
  }

  /**
   * How many singular values of matrices count: int64. Of an array with less than two axes, whether
   * an element is not 0. Values up to the larger of m and n times the type's epsilon, as a part of
   * the largest, do not count.
   */
  default NDArray matrixRank() {
    return Solving.rank(self(), null);
  }

  /**
   * How many singular values of matrices count.
   *
   * @param rtol the part of the largest up to which others do not count
   */
  default NDArray matrixRank(double rtol) {
    return Solving.rank(self(), rtol);
  }

  /** Condition numbers: the largest over the smallest singular value, infinite where that is 0. */
  default NDArray cond() {
    return Norms.cond(self(), 2);
  }

  /**
   * Condition numbers: the norm of a matrix times that of its inverse, infinite for singular ones.
   *
   * @param order of {@link ProductMethods#matrixNorm}; -2 gives the smallest over the largest
   *     singular value
   * @throws UsageException for other orders, and but for 2 and -2 for matrices that are not square
   */
  default NDArray cond(double order) {
    return Norms.cond(self(), order);
  }

  /**
   * The same by Frobenius' norm.
   *
   * @throws UsageException for matrices that are not square
   */
  default NDArray frobeniusCond() {
    return Norms.cond(self(), NDArray::frobeniusNorm);
  }

  /**
   * The same by the nuclear norm.
   *
   * @throws UsageException for matrices that are not square
   */
  default NDArray nuclearCond() {
    return Norms.cond(self(), NDArray::nuclearNorm);
  }
}
