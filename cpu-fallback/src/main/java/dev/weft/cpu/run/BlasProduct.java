package dev.weft.cpu.run;

import dev.weft.core.device.Arguments;
import dev.weft.core.dtype.DType;
import dev.weft.cpu.blas.Gemm;

/**
 * Matrix products of float64 and float32; a unit is a strip of rows of the result.
 *
 * <p>A factor whose rows or columns are dense is multiplied where it lies; any other is copied
 * first.
 */
final class BlasProduct implements LibraryLaunch.Routine {
  /**
   * Rows of a unit: enough to reuse what BLAS packs of the right factor, few enough to share out.
   */
  private static final int ROWS = 512;

  /** A factor as BLAS wants it. */
  private record Matrix(boolean transposed, long address, int leading) {}

  private final Gemm gemm;
  private final boolean narrow;
  private final int item;
  private final int m;
  private final int n;
  private final int k;
  private final long left;
  private final long[] leftSteps;
  private final long right;
  private final long[] rightSteps;
  private final long result;
  private final long[] resultSteps;
  private final boolean accumulates;

  BlasProduct(Gemm gemm, DType dtype, Arguments arguments) {
    this.gemm = gemm;
    this.narrow = dtype == DType.FLOAT32;
    this.item = dtype.itemSize();
    this.m = Math.toIntExact(arguments.extents()[0]);
    this.n = Math.toIntExact(arguments.extents()[1]);
    this.k = Math.toIntExact(arguments.extents()[2]);
    this.left = LibraryLaunch.address(arguments.inputs().get(0));
    this.leftSteps = arguments.inputs().get(0).strides();
    this.right = LibraryLaunch.address(arguments.inputs().get(1));
    this.rightSteps = arguments.inputs().get(1).strides();
    this.result = LibraryLaunch.address(arguments.outputs().get(0));
    this.resultSteps = arguments.outputs().get(0).strides();
    this.accumulates = arguments.scalars()[0] == 0;
  }

  @Override
  public long units() {
    return ((long) m + ROWS - 1) / ROWS;
  }

  @Override
  public void run(long from, long to, Scratch scratch) {
    int first = (int) from * ROWS;
    int rows = (int) Math.min(m, to * ROWS) - first;
    Matrix a = matrix(left + first * leftSteps[0], leftSteps, rows, k, scratch);
    Matrix b = matrix(right, rightSteps, k, n, scratch);
    long target = result + first * resultSteps[0];
    if (isRowMajor(resultSteps, rows, n)) {
      multiply(a, b, rows, target, leading(resultSteps[0], rows, n));
      return;
    }
    long rowBytes = (long) n * item;
    long dense = scratch.take(rows * rowBytes);
    if (accumulates) {
      StridedCopy.block(
          target, resultSteps[0], resultSteps[1], dense, rowBytes, item, rows, n, item);
    }
    multiply(a, b, rows, dense, n);
    StridedCopy.block(dense, rowBytes, item, target, resultSteps[0], resultSteps[1], rows, n, item);
  }

  private void multiply(Matrix a, Matrix b, int rows, long c, int ldc) {
    int beta = accumulates ? 1 : 0;
    if (narrow) {
      gemm.float32(
          a.transposed,
          b.transposed,
          rows,
          n,
          k,
          1,
          a.address,
          a.leading,
          b.address,
          b.leading,
          beta,
          c,
          ldc);
    } else {
      gemm.float64(
          a.transposed,
          b.transposed,
          rows,
          n,
          k,
          1,
          a.address,
          a.leading,
          b.address,
          b.leading,
          beta,
          c,
          ldc);
    }
  }

  private Matrix matrix(long address, long[] steps, int rows, int columns, Scratch scratch) {
    if (isRowMajor(steps, rows, columns)) {
      return new Matrix(false, address, leading(steps[0], rows, columns));
    }
    long[] turned = {steps[1], steps[0]};
    if (isRowMajor(turned, columns, rows)) {
      return new Matrix(true, address, leading(steps[1], columns, rows));
    }
    long dense = scratch.take((long) rows * columns * item);
    StridedCopy.block(
        address, steps[0], steps[1], dense, (long) columns * item, item, rows, columns, item);
    return new Matrix(false, dense, columns);
  }

  private boolean isRowMajor(long[] steps, int rows, int columns) {
    boolean denseRows = columns == 1 || steps[1] == item;
    boolean inOrder = steps[0] >= (long) columns * item && steps[0] % item == 0;
    return denseRows && (rows == 1 || inOrder && steps[0] / item <= Integer.MAX_VALUE);
  }

  private int leading(long step, int rows, int columns) {
    return rows == 1 ? columns : (int) (step / item);
  }
}
