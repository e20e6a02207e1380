package dev.weft.core;

/** What decompositions of matrices give: several arrays, lazy like others, of one computation. */
public final class Linalg {
  private Linalg() {}

  /**
   * Signs and logarithms of determinants.
   *
   * @param sign -1, 0 or 1, of complex matrices a number of size 1, or 0
   * @param logabsdet the logarithm of the determinant without its sign; minus infinity for 0
   */
  public record Slogdet(NDArray sign, NDArray logabsdet) {}

  /**
   * Orthonormal columns and an upper triangle, whose product is the matrix.
   *
   * @param q shape {@code (..., m, k)}
   * @param r shape {@code (..., k, n)}
   */
  public record Qr(NDArray q, NDArray r) {}

  /**
   * Singular values and vectors: the matrix is {@code u * s @ vh}.
   *
   * @param u the left vectors as columns
   * @param s the values, largest first
   * @param vh the right vectors as rows
   */
  public record Svd(NDArray u, NDArray s, NDArray vh) {}

  /**
   * Eigenvalues and eigenvectors of symmetric or Hermitian matrices.
   *
   * @param eigenvalues ascending, real
   * @param eigenvectors as columns, of length 1, in the same order
   */
  public record Eigh(NDArray eigenvalues, NDArray eigenvectors) {}

  /**
   * Eigenvalues and eigenvectors of any square matrices, complex.
   *
   * @param eigenvalues in no order
   * @param eigenvectors as columns, of length 1, in the same order
   */
  public record Eig(NDArray eigenvalues, NDArray eigenvectors) {}

  /**
   * Triangles whose product, with rows exchanged, is the matrix: {@code p @ l @ u}.
   *
   * @param p exchanges rows: one 1 in each row and column
   * @param l the lower triangle, with ones on its diagonal
   * @param u the upper triangle
   */
  public record Lu(NDArray p, NDArray l, NDArray u) {}

  /**
   * Solutions of least squares.
   *
   * @param x the solution; where several are as good, the shortest
   * @param residuals sums of squares of {@code b - a @ x}, for each column of b; of length 0 where
   *     a has no more rows than columns
   * @param rank of a, int32 as in NumPy
   * @param s the singular values of a
   */
  public record Lstsq(NDArray x, NDArray residuals, NDArray rank, NDArray s) {}
}
