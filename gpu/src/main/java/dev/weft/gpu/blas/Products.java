package dev.weft.gpu.blas;

import dev.weft.core.error.InternalException;

/**
 * {@code count} products C = alpha·op(A)·op(B) + beta·C of matrices that lie at equal distances.
 * Matrices are in column-major order, as cuBLAS has them; for row-major ones, ask for Cᵀ = BᵀAᵀ by
 * {@link #rowMajor}.
 *
 * @param a address on the device
 * @param strideA elements from one A to the next, 0 for the same
 * @param m rows of op(A) and C
 * @param n columns of op(B) and C
 * @param k columns of op(A), rows of op(B)
 */
public record Products(
    boolean transposeA,
    boolean transposeB,
    int m,
    int n,
    int k,
    long a,
    int lda,
    long strideA,
    long b,
    int ldb,
    long strideB,
    long c,
    int ldc,
    long strideC,
    int count) {

  /** Checks what cuBLAS would read past the end for. */
  public Products {
    atLeast("m", m, 0);
    atLeast("n", n, 0);
    atLeast("k", k, 0);
    atLeast("count", count, 0);
    atLeast("lda", lda, Math.max(1, transposeA ? k : m));
    atLeast("ldb", ldb, Math.max(1, transposeB ? n : k));
    atLeast("ldc", ldc, Math.max(1, m));
    if (count > 1 && n > 0 && m > 0 && Math.abs(strideC) < (long) ldc * (n - 1) + m) {
      throw new InternalException(
          "products on the GPU: stride of C is %d, so that results of %d by %d overlap"
              .formatted(strideC, m, n));
    }
  }

  private static void atLeast(String name, int value, int least) {
    if (value < least) {
      throw new InternalException(
          "products on the GPU: %s is %d; it must be at least %d".formatted(name, value, least));
    }
  }

  /**
   * The same products of row-major matrices: a row-major matrix is the transpose of a column-major
   * one, so operands and extents change places.
   */
  public static Products rowMajor(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      long a,
      int lda,
      long strideA,
      long b,
      int ldb,
      long strideB,
      long c,
      int ldc,
      long strideC,
      int count) {
    return new Products(
        transposeB, transposeA, n, m, k, b, ldb, strideB, a, lda, strideA, c, ldc, strideC, count);
  }
}
