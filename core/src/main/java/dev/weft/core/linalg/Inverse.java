package dev.weft.core.linalg;

import dev.weft.core.dtype.DType;
import java.lang.foreign.MemorySegment;

/**
 * Inverses of square matrices.
 *
 * @param lenient whether a singular matrix has an inverse of NaN, rather than to fail
 */
public record Inverse(DType dtype, int n, boolean lenient, int threads) implements MatrixRoutine {
  @Override
  public String name() {
    return "inv";
  }

  @Override
  public double cost() {
    return 2.0 * n;
  }

  @Override
  public long[] areas(Lapack lapack) {
    long matrix = (long) n * n * dtype.itemSize();
    return new long[] {matrix, matrix, (long) n * Integer.BYTES};
  }

  @Override
  public void one(Lapack lapack, MatrixTask task) {
    MemorySegment a = task.area(0);
    MemorySegment inverse = task.area(1);
    task.load(0, a);
    int zero = lapack.lu(dtype, n, n, a, task.area(2));
    inverse.fill((byte) 0);
    for (int i = 0; i < n; i++) {
      MatrixTask.put(dtype, inverse, (long) i * n + i, zero > 0 ? Double.NaN : 1, 0);
    }
    if (zero > 0 && !lenient) {
      throw Solve.singular(task, zero);
    }
    if (zero == 0) {
      lapack.luSolve(dtype, n, n, a, task.area(2), inverse);
    }
    task.store(inverse, n, 0, 0, n, n);
  }
}
