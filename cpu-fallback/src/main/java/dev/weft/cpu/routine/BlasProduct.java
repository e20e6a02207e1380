package dev.weft.cpu.routine;

import dev.weft.core.device.Arguments;
import dev.weft.core.dtype.DType;
import dev.weft.cpu.blas.Gemm;
import dev.weft.cpu.run.Scratch;
import dev.weft.cpu.tile.TileCopy;

/**
 * Matrix products of float64 and float32; a unit is a block of the result.
 *
 * <p>A factor whose rows or columns are dense is multiplied where it lies; any other is copied
 * first.
 */
final class BlasProduct implements RoutineLaunch.Routine {
  /**
   * Most elements of a unit's result. BLAS copies both factors of each unit into an order of its
   * own, which costs as much as the unit's edges are long; smaller units are easier to share out.
   */
  private static final long LARGEST = 4 << 20;

  /** Edges are cut no shorter, and to multiples of what BLAS takes at a time. */
  private static final int SHORTEST = 128;

  /**
   * The sums of a call are cut into multiples of this. It is a multiple of the lengths that
   * OpenBLAS itself cuts them into (256 or 384, mostly), so that nothing is copied or added
   * differently.
   */
  private static final int DEPTH = 768;

  /**
   * Most products of a call, some tenths of a second: it cannot be interrupted, and the process
   * waits for it before it ends.
   */
  private static final long LONGEST = 4L << 30;

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
  private final int unitRows;
  private final int unitColumns;
  private final int depth;

  /**
   * @param threads how many there are to share units
   */
  BlasProduct(Gemm gemm, DType dtype, Arguments arguments, int threads) {
    this.gemm = gemm;
    this.narrow = dtype == DType.FLOAT32;
    this.item = dtype.itemSize();
    this.m = Math.toIntExact(arguments.extents()[0]);
    this.n = Math.toIntExact(arguments.extents()[1]);
    this.k = Math.toIntExact(arguments.extents()[2]);
    this.left = RoutineLaunch.address(arguments.inputs().get(0));
    this.leftSteps = arguments.inputs().get(0).strides();
    this.right = RoutineLaunch.address(arguments.inputs().get(1));
    this.rightSteps = arguments.inputs().get(1).strides();
    this.result = RoutineLaunch.address(arguments.outputs().get(0));
    this.resultSteps = arguments.outputs().get(0).strides();
    this.accumulates = arguments.scalars()[0] == 0;
    int rows = Math.max(1, m);
    int columns = Math.max(1, n);
    while ((long) rows * columns > LARGEST || units(rows, columns) < threads) {
      int longer = Math.max(rows, columns);
      if (longer < 2 * SHORTEST) {
        break;
      }
      if (rows >= columns) {
        rows = half(rows);
      } else {
        columns = half(columns);
      }
    }
    this.unitRows = rows;
    this.unitColumns = columns;
    // From the whole result, not from the units, which depend on the number of threads.
    long largest = Math.clamp((long) m * n, 1, LARGEST);
    this.depth = Math.clamp(LONGEST / largest / DEPTH * DEPTH, DEPTH, Integer.MAX_VALUE);
  }

  private static int half(int edge) {
    return Math.ceilDiv(edge, 2 * SHORTEST) * SHORTEST;
  }

  private long units(int rows, int columns) {
    return Math.ceilDiv((long) m, rows) * Math.ceilDiv(n, columns);
  }

  @Override
  public long units() {
    return units(unitRows, unitColumns);
  }

  @Override
  public void run(long from, long to, Scratch scratch) {
    int across = Math.max(1, Math.ceilDiv(n, unitColumns));
    for (long unit = from; unit < to; unit++) {
      int row = (int) (unit / across) * unitRows;
      int column = (int) (unit % across) * unitColumns;
      block(row, column, Math.min(unitRows, m - row), Math.min(unitColumns, n - column), scratch);
      scratch.reset();
    }
  }

  private void block(int row, int column, int rows, int columns, Scratch scratch) {
    Matrix a = matrix(left + row * leftSteps[0], leftSteps, rows, k, scratch);
    Matrix b = matrix(right + column * rightSteps[1], rightSteps, k, columns, scratch);
    long target = result + row * resultSteps[0] + column * resultSteps[1];
    if (isRowMajor(resultSteps, rows, columns)) {
      multiply(a, b, rows, columns, target, leading(resultSteps[0], rows, columns));
      return;
    }
    long rowBytes = (long) columns * item;
    long dense = scratch.take(rows * rowBytes);
    if (accumulates) {
      TileCopy.block(
          target, resultSteps[0], resultSteps[1], dense, rowBytes, item, rows, columns, item);
    }
    multiply(a, b, rows, columns, dense, columns);
    TileCopy.block(
        dense, rowBytes, item, target, resultSteps[0], resultSteps[1], rows, columns, item);
  }

  private void multiply(Matrix a, Matrix b, int rows, int columns, long c, int ldc) {
    long alongA = a.transposed ? (long) a.leading * item : item;
    long alongB = b.transposed ? item : (long) b.leading * item;
    int from = 0;
    // Once also without anything to add: the result is zeros then.
    do {
      int length = Math.min(depth, k - from);
      int beta = accumulates || from > 0 ? 1 : 0;
      long left = a.address + from * alongA;
      long right = b.address + from * alongB;
      if (narrow) {
        gemm.float32(
            a.transposed,
            b.transposed,
            rows,
            columns,
            length,
            1,
            left,
            a.leading,
            right,
            b.leading,
            beta,
            c,
            ldc);
      } else {
        gemm.float64(
            a.transposed,
            b.transposed,
            rows,
            columns,
            length,
            1,
            left,
            a.leading,
            right,
            b.leading,
            beta,
            c,
            ldc);
      }
      from += length;
    } while (from < k);
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
    TileCopy.block(
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
