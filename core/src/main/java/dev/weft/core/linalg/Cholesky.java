package dev.weft.core.linalg;

import dev.weft.core.dtype.DType;
import java.lang.foreign.MemorySegment;

/** The triangle l of a positive definite matrix a = l l', or u of a = u' u, of one half of it. */
public record Cholesky(DType dtype, int n, boolean upper, int threads) implements MatrixRoutine {
  @Override
  public String name() {
    return "cholesky";
  }

  @Override
  public double cost() {
    return 0.4 * n;
  }

  @Override
  public long[] areas(Lapack lapack) {
    return new long[] {(long) n * n * dtype.itemSize()};
  }

  @Override
  public void one(Lapack lapack, MatrixTask task) {
    MemorySegment a = task.area(0);
    task.load(0, a);
    int part = lapack.cholesky(dtype, upper, n, a);
    if (part > 0) {
      throw task.failure(
          "is not positive definite: its leading part of %d rows is not".formatted(part),
          "use eigh or solve for other matrices");
    }
    int item = dtype.itemSize();
    for (long column = 0; column < n; column++) {
      long from = column * n + (upper ? column + 1 : 0);
      long count = upper ? n - column - 1 : column;
      a.asSlice(from * item, count * item).fill((byte) 0);
    }
    task.store(a, n, 0, 0, n, n);
  }
}
