package dev.weft.core.linalg;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;

/** Solutions x of a x = b for square matrices a, with so many columns in b. */
public record Solve(DType dtype, int n, int columns, int threads) implements MatrixRoutine {
  @Override
  public String name() {
    return "solve";
  }

  @Override
  public double cost() {
    return 2.0 * n + 0.7 * n * n / columns;
  }

  @Override
  public long[] areas(Lapack lapack) {
    long item = dtype.itemSize();
    return new long[] {item * n * n, item * n * columns, (long) n * Integer.BYTES};
  }

  @Override
  public void one(Lapack lapack, MatrixTask task) {
    task.load(0, task.area(0));
    task.load(1, task.area(1));
    int zero = lapack.lu(dtype, n, n, task.area(0), task.area(2));
    if (zero > 0) {
      throw singular(task, zero);
    }
    lapack.luSolve(dtype, n, columns, task.area(0), task.area(2), task.area(1));
    task.store(task.area(1), n, 0, 0, n, columns);
  }

  static UsageException singular(MatrixTask task, int pivot) {
    return task.failure(
        "is a singular matrix: pivot %d is 0".formatted(pivot - 1),
        "use pinv or lstsq for matrices without an inverse");
  }
}
