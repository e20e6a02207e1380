package dev.weft.cpu.blas;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The products of OpenBLAS. */
public final class OpenBlasGemm implements Gemm {
  private static final int ROW_MAJOR = 101;
  private static final int PLAIN = 111;
  private static final int TRANSPOSED = 112;

  private final OpenBlas library;
  private final MethodHandle dgemm;
  private final MethodHandle sgemm;

  /**
   * The products of a library.
   *
   * @throws IllegalArgumentException when it lacks them
   */
  public OpenBlasGemm(OpenBlas library) {
    this.library = library;
    dgemm = product(library, "cblas_dgemm", JAVA_DOUBLE);
    sgemm = product(library, "cblas_sgemm", JAVA_FLOAT);
  }

  private static MethodHandle product(OpenBlas library, String name, ValueLayout scalar) {
    MemoryLayout i = JAVA_INT;
    // Addresses are passed as integers of the same width, which saves making segments of them.
    return library.function(
        name,
        FunctionDescriptor.ofVoid(
            i, i, i, i, i, i, scalar, JAVA_LONG, i, JAVA_LONG, i, scalar, JAVA_LONG, i));
  }

  private static int flag(boolean transpose) {
    return transpose ? TRANSPOSED : PLAIN;
  }

  @Override
  public void float64(
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
      int ldc) {
    int ta = flag(transposeA);
    int tb = flag(transposeB);
    library.enter();
    try {
      dgemm.invokeExact(ROW_MAJOR, ta, tb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
    } catch (Throwable e) {
      throw new IllegalStateException("calling cblas_dgemm failed", e);
    } finally {
      library.leave();
    }
  }

  @Override
  public void float32(
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
      int ldc) {
    int ta = flag(transposeA);
    int tb = flag(transposeB);
    library.enter();
    try {
      sgemm.invokeExact(ROW_MAJOR, ta, tb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
    } catch (Throwable e) {
      throw new IllegalStateException("calling cblas_sgemm failed", e);
    } finally {
      library.leave();
    }
  }

  @Override
  public String describe() {
    return library.describe();
  }
}
