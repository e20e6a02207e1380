package dev.weft.core.linalg;

import dev.weft.core.dtype.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;

/**
 * Triangles of matrices of m rows and n columns whose rows are exchanged. The result has both
 * triangles, the ones of the lower one's diagonal left out, and a column more: for each row the
 * number of the row of the matrix that it comes from.
 */
public record Lu(DType dtype, int m, int n, int threads) implements MatrixRoutine {
  @Override
  public String name() {
    return "lu";
  }

  @Override
  public double cost() {
    return 0.7 * Math.min(m, n);
  }

  @Override
  public long[] areas(Lapack lapack) {
    return new long[] {(long) m * n * dtype.itemSize(), (long) Math.min(m, n) * Integer.BYTES};
  }

  @Override
  public void one(Lapack lapack, MatrixTask task) {
    MemorySegment pivots = task.area(1);
    task.load(0, task.area(0));
    lapack.lu(dtype, m, n, task.area(0), pivots);
    int[] rows = IntStream.range(0, m).toArray();
    for (int i = 0; i < Math.min(m, n); i++) {
      int other = pivots.getAtIndex(ValueLayout.JAVA_INT, i) - 1;
      int row = rows[i];
      rows[i] = rows[other];
      rows[other] = row;
    }
    task.store(task.area(0), m, 0, 0, m, n);
    for (int i = 0; i < m; i++) {
      task.store(rows[i], i, n);
    }
  }
}
