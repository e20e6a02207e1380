package dev.weft.cpu.blas;

/**
 * General matrix products {@code C = alpha op(A) op(B) + beta C} of row-major matrices, on the
 * calling thread alone; safe for use by several threads.
 *
 * <p>op(A) is m × k, op(B) k × n, C m × n; op transposes if its flag says so. A leading dimension
 * is the number of elements from one stored row to the next. With beta 0, C is written and not
 * read.
 */
public interface Gemm {
  /** The product of float64 matrices. */
  void float64(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      double alpha,
      long a,
      int lda,
      long b,
      int ldb,
      double beta,
      long c,
      int ldc);

  /** The product of float32 matrices. */
  void float32(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      float alpha,
      long a,
      int lda,
      long b,
      int ldb,
      float beta,
      long c,
      int ldc);

  /** Says what computes, such as {@code OpenBLAS 0.3.31 (SkylakeX)}. */
  String describe();
}
