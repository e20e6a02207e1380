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
    Product product = new Product();
    for (int i = 0; i < n; i++) {
      long at = (long) i * n + i;
      int factor = task.area(1).getAtIndex(ValueLayout.JAVA_INT, i) == i + 1 ? 1 : -1;
      if (dtype.isComplex()) {
        double re = MatrixTask.get(dtype.part(), a, 2 * at);
        product.multiply(factor * re, factor * MatrixTask.get(dtype.part(), a, 2 * at + 1));
      } else {
        product.multiply(factor * MatrixTask.get(dtype, a, at));
      }
    }
    product.store(task);
  }

  /**
   * A product as sign, logarithm, and as mantissa and exponent, which neither overflow nor are
   * rounded by logarithms.
   */
  private static final class Product {
    private double signRe = 1;
    private double signIm;
    private double log;
    private double re = 1;
    private double im;
    private long exponent;

    void multiply(double pivot) {
      signRe *= Math.signum(pivot);
      log += Math.log(Math.abs(pivot));
      boolean scales = pivot != 0 && Double.isFinite(pivot);
      int own = scales ? Math.getExponent(pivot) : 0;
      re *= Math.scalb(pivot, -own);
      exponent += own;
      normalize(Math.abs(re));
    }

    void multiply(double pivotRe, double pivotIm) {
      double size = Math.hypot(pivotRe, pivotIm);
      log += Math.log(size);
      double unitRe = size == 0 ? 0 : pivotRe / size;
      double unitIm = size == 0 ? 0 : pivotIm / size;
      double sign = signRe * unitRe - signIm * unitIm;
      signIm = signRe * unitIm + signIm * unitRe;
      signRe = sign;
      double largest = Math.max(Math.abs(pivotRe), Math.abs(pivotIm));
      int own = largest > 0 && Double.isFinite(largest) ? Math.getExponent(largest) : 0;
      double scaledRe = Math.scalb(pivotRe, -own);
      double scaledIm = Math.scalb(pivotIm, -own);
      double product = re * scaledRe - im * scaledIm;
      im = re * scaledIm + im * scaledRe;
      re = product;
      exponent += own;
      normalize(Math.max(Math.abs(re), Math.abs(im)));
    }

    private void normalize(double size) {
      if (size > 0 && Double.isFinite(size)) {
        int more = Math.getExponent(size);
        re = Math.scalb(re, -more);
        im = Math.scalb(im, -more);
        exponent += more;
      }
    }

    void store(MatrixTask task) {
      int scale = Math.clamp(exponent, -5000, 5000);
      task.store(signRe, signIm, 0, 0);
      task.store(log, 0, 1);
      // Of a singular matrix it is 0, never -0.
      task.store(Math.scalb(re, scale) + 0.0, Math.scalb(im, scale) + 0.0, 0, 2);
    }
  }
}
