package dev.weft.core.linalg;

import dev.weft.core.dtype.DType;

/**
 * Solutions x of a x = b for triangles a, of which only that half is read.
 *
 * @param transposed whether of a' x = b
 * @param unit whether the diagonal counts as ones, and is not read
 */
public record TriangularSolve(
    DType dtype, int n, int columns, boolean upper, boolean transposed, boolean unit, int threads)
    implements MatrixRoutine {
  @Override
  public String name() {
    return "solve_triangular";
  }

  @Override
  public double cost() {
    return n;
  }

  @Override
  public long[] areas(Lapack lapack) {
    long item = dtype.itemSize();
    return new long[] {item * n * n, item * n * columns};
  }

  @Override
  public void one(Lapack lapack, MatrixTask task) {
    task.load(0, task.area(0));
    task.load(1, task.area(1));
    int zero =
        lapack.triangular(dtype, upper, transposed, unit, n, columns, task.area(0), task.area(1));
    if (zero > 0) {
      throw task.failure(
          "is singular: element %d of its diagonal is 0".formatted(zero - 1),
          "use lstsq for matrices without an inverse");
    }
    task.store(task.area(1), n, 0, 0, n, columns);
  }
}
