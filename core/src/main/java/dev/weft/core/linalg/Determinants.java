package dev.weft.core.linalg;

import dev.weft.core.dtype.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A row of three numbers for each square matrix: the sign, log(|det|), and the determinant. */
public record Determinants(DType dtype, int n, int threads) implements MatrixRoutine {
  /** What stands in the rows. */
  public static final int WIDTH = 3;

  @Override
  public String name() {
    return "det";
  }

  @Override
  public double cost() {
    return 0.7 * n * n * n / WIDTH;
  }

  @Override
  public long[] areas(Lapack lapack) {
    return new long[] {(long) n * n * dtype.itemSize(), (long) n * Integer.BYTES};
  }

  @Override
  public void one(Lapack lapack, MatrixTask task) {
    MemorySegment a = task.area(0);
    task.load(0, a);
    lapack.lu(dtype, n, n, a, task.area(1));
    double sign = 1;
    double log = 0;
    // The product as mantissa and exponent, which neither overflows nor is rounded by logarithms.
    double mantissa = 1;
    long exponent = 0;
    for (int i = 0; i < n; i++) {
      double pivot = MatrixTask.get(dtype, a, (long) i * n + i);
      boolean exchanged = task.area(1).getAtIndex(ValueLayout.JAVA_INT, i) != i + 1;
      sign *= (exchanged ? -1 : 1) * Math.signum(pivot);
      log += Math.log(Math.abs(pivot));
      mantissa *= exchanged ? -1 : 1;
      if (pivot != 0 && Double.isFinite(pivot)) {
        int own = Math.getExponent(pivot);
        mantissa *= Math.scalb(pivot, -own);
        int more = Math.getExponent(mantissa);
        mantissa = Math.scalb(mantissa, -more);
        exponent += own + more;
      } else {
        mantissa *= pivot;
      }
    }
    int scale = Math.clamp(exponent, -5000, 5000);
    task.store(sign, 0, 0);
    task.store(log, 0, 1);
    // Of a singular matrix it is 0, never -0.
    task.store(Math.scalb(mantissa, scale) + 0.0, 0, 2);
  }
}
