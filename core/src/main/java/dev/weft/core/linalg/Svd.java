package dev.weft.core.linalg;

import dev.weft.core.dtype.DType;
import dev.weft.core.linalg.Lapack.Vectors;

/**
 * Singular values, largest first, and vectors of matrices of m rows and n columns. The result has
 * the rows of u, one row of values, then the columns of vh as rows; or only the row of values.
 */
public record Svd(DType dtype, int m, int n, Vectors vectors, int threads)
    implements MatrixRoutine {
  /** Columns of the result. */
  public int width() {
    return vectors == Vectors.FULL ? Math.max(m, n) : Math.min(m, n);
  }

  /** The row of the result where the values are. */
  public int rowOfValues() {
    return vectors == Vectors.NONE ? 0 : m;
  }

  /** Columns of u. */
  public int left() {
    return vectors == Vectors.FULL ? m : Math.min(m, n);
  }

  /** Rows of vh. */
  public int right() {
    return vectors == Vectors.FULL ? n : Math.min(m, n);
  }

  @Override
  public String name() {
    return "svd";
  }

  @Override
  public double cost() {
    return (vectors == Vectors.NONE ? 4.0 * m * n : 20.0) * Math.min(m, n);
  }

  /** Half of its steps are products with vectors, which memory limits. */
  @Override
  public int leastOfSeveralThreads() {
    return 1024;
  }

  @Override
  public long[] areas(Lapack lapack) {
    long item = dtype.itemSize();
    boolean none = vectors == Vectors.NONE;
    return new long[] {
      (long) m * n * item,
      (long) Math.min(m, n) * dtype.part().itemSize(),
      none ? item : (long) m * left() * item,
      none ? item : (long) right() * n * item,
      lapack.svdWork(dtype, vectors, m, n)
    };
  }

  @Override
  public void one(Lapack lapack, MatrixTask task) {
    task.load(0, task.area(0));
    int info =
        lapack.svd(
            dtype,
            vectors,
            m,
            n,
            task.area(0),
            task.area(1),
            task.area(2),
            task.area(3),
            task.area(4));
    if (info != 0) {
      throw task.failure(
          "has singular values that did not converge", "look for NaN and infinities in it");
    }
    task.storeReals(task.area(1), rowOfValues(), 0, Math.min(m, n));
    if (vectors != Vectors.NONE) {
      task.store(task.area(2), m, 0, 0, m, left());
      task.storeTransposed(task.area(3), right(), m + 1, 0, n, right());
    }
  }
}
