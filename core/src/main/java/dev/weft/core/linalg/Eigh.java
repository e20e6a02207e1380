package dev.weft.core.linalg;

import dev.weft.core.dtype.DType;

/**
 * Eigenvalues in ascending order of symmetric or Hermitian matrices, of which one triangle is read.
 * The result has a row of values, and below it, if they are wanted, the eigenvectors as columns.
 */
public record Eigh(DType dtype, int n, boolean vectors, boolean upper, int threads)
    implements MatrixRoutine {
  /** Rows of the result. */
  public int height() {
    return vectors ? n + 1 : 1;
  }

  @Override
  public String name() {
    return vectors ? "eigh" : "eigvalsh";
  }

  @Override
  public double cost() {
    return vectors ? 9.0 * n : 1.3 * n * n;
  }

  /** Half of its steps are products with vectors, which memory limits. */
  @Override
  public int leastOfSeveralThreads() {
    return 1024;
  }

  @Override
  public long[] areas(Lapack lapack) {
    long item = dtype.itemSize();
    return new long[] {
      item * n * n, (long) n * dtype.part().itemSize(), lapack.eighWork(dtype, vectors, n)
    };
  }

  @Override
  public void one(Lapack lapack, MatrixTask task) {
    task.load(0, task.area(0));
    int info = lapack.eigh(dtype, vectors, upper, n, task.area(0), task.area(1), task.area(2));
    if (info != 0) {
      throw task.failure(
          "has eigenvalues that did not converge", "look for NaN and infinities in it");
    }
    task.storeReals(task.area(1), 0, 0, n);
    if (vectors) {
      task.store(task.area(0), n, 1, 0, n, n);
    }
  }
}
