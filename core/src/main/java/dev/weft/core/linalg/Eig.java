package dev.weft.core.linalg;

import dev.weft.core.dtype.DType;
import java.lang.foreign.MemorySegment;

/**
 * Eigenvalues of square matrices, complex of whatever type. The result has a row of values, and
 * below it, if they are wanted, the eigenvectors as columns.
 */
public record Eig(DType dtype, int n, boolean vectors, int threads) implements MatrixRoutine {
  /** Rows of the result. */
  public int height() {
    return vectors ? n + 1 : 1;
  }

  @Override
  public String name() {
    return vectors ? "eig" : "eigvals";
  }

  @Override
  public double cost() {
    return vectors ? 25.0 * n : 10.0 * n * n;
  }

  /** Half of its steps are products with vectors, which memory limits. */
  @Override
  public int leastOfSeveralThreads() {
    return 1024;
  }

  @Override
  public long[] areas(Lapack lapack) {
    long item = dtype.itemSize();
    long values = (dtype.isComplex() ? 1 : 2) * item * n;
    return new long[] {
      item * n * n, values, vectors ? item * n * n : item, lapack.eigWork(dtype, vectors, n)
    };
  }

  @Override
  public void one(Lapack lapack, MatrixTask task) {
    MemorySegment w = task.area(1);
    MemorySegment v = task.area(2);
    task.load(0, task.area(0));
    int info = lapack.eig(dtype, vectors, n, task.area(0), w, v, task.area(3));
    if (info != 0) {
      throw task.failure(
          "has eigenvalues that did not converge", "look for NaN and infinities in it");
    }
    if (dtype.isComplex()) {
      task.store(w, 1, 0, 0, 1, n);
      if (vectors) {
        task.store(v, n, 1, 0, n, n);
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      double imaginary = MatrixTask.get(dtype, w, n + i);
      task.store(MatrixTask.get(dtype, w, i), imaginary, 0, i);
      if (vectors && imaginary >= 0) {
        vector(task, v, i, imaginary > 0);
      }
    }
  }

  /** A real vector, or two that are conjugate, of which real and imaginary parts are columns. */
  private void vector(MatrixTask task, MemorySegment v, int column, boolean pair) {
    for (int row = 0; row < n; row++) {
      double re = MatrixTask.get(dtype, v, (long) column * n + row);
      if (pair) {
        double im = MatrixTask.get(dtype, v, (column + 1L) * n + row);
        task.store(re, im, row + 1, column);
        task.store(re, -im, row + 1, column + 1);
      } else {
        task.store(re, row + 1, column);
      }
    }
  }
}
