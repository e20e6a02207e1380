package dev.weft.core.linalg;

import dev.weft.core.dtype.DType;
import java.lang.foreign.MemorySegment;

/**
 * Matrices of m rows and n columns as a product q r of orthonormal columns and an upper triangle.
 * The result has the rows of q, and below them the columns of r as rows.
 */
public record Qr(DType dtype, int m, int n, Parts parts, int threads) implements MatrixRoutine {
  /** Which parts are wanted. */
  public enum Parts {
    /** q with min(m, n) columns, and as many rows of r. */
    REDUCED,
    /** A square q, and m rows of r. */
    COMPLETE,
    /** The r of {@link #REDUCED} alone. */
    TRIANGLE
  }

  /** Columns of q. */
  public int width() {
    return parts == Parts.COMPLETE ? m : Math.min(m, n);
  }

  /** Rows of the result in front of those of r. */
  public int rowsOfQ() {
    return parts == Parts.TRIANGLE ? 0 : m;
  }

  @Override
  public String name() {
    return "qr";
  }

  @Override
  public double cost() {
    return 4.0 * Math.min(m, n);
  }

  @Override
  public long[] areas(Lapack lapack) {
    long item = dtype.itemSize();
    return new long[] {
      (long) m * n * item,
      (long) rowsOfQ() * width() * item,
      Math.min(m, n) * item,
      lapack.qrWork(dtype, m, n, width())
    };
  }

  @Override
  public void one(Lapack lapack, MatrixTask task) {
    MemorySegment a = task.area(0);
    MemorySegment q = task.area(1);
    int item = dtype.itemSize();
    int reflections = Math.min(m, n);
    task.load(0, a);
    lapack.qr(dtype, m, n, a, task.area(2), task.area(3));
    if (parts != Parts.TRIANGLE) {
      MemorySegment.copy(a, 0, q, 0, (long) m * reflections * item);
      lapack.q(dtype, m, width(), reflections, q, task.area(2), task.area(3));
      task.store(q, m, 0, 0, m, width());
    }
    for (long column = 0; column < reflections; column++) {
      a.asSlice((column * m + column + 1) * item, (m - column - 1) * item).fill((byte) 0);
    }
    task.storeTransposed(a, m, rowsOfQ(), 0, n, width());
  }
}
