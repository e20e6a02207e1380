package dev.weft.cpu.routine;

import dev.weft.core.device.Arguments;
import dev.weft.core.dtype.DType;
import dev.weft.cpu.memory.Memory;
import dev.weft.cpu.run.Scratch;

/**
 * Matrix products in float64 or int64 for any type and any strides, by plain loops; a unit is a
 * strip of rows of the result.
 */
final class WideProduct implements RoutineLaunch.Routine {
  /** Rows of a unit; rows of the right factor are read once for all of them. */
  private static final int ROWS = 32;

  private final DType dtype;
  private final Arguments arguments;
  private final boolean accumulates;

  WideProduct(DType dtype, Arguments arguments) {
    this.dtype = dtype;
    this.arguments = arguments;
    this.accumulates = arguments.scalars()[0] == 0;
  }

  @Override
  public long units() {
    return arguments.extents()[1] == 0 ? 0 : (arguments.extents()[0] + ROWS - 1) / ROWS;
  }

  @Override
  public void run(long from, long to, Scratch scratch) {
    long m = arguments.extents()[0];
    int n = (int) arguments.extents()[1];
    long k = arguments.extents()[2];
    long[] a = arguments.inputs().get(0).strides();
    long[] b = arguments.inputs().get(1).strides();
    long[] c = arguments.outputs().get(0).strides();
    long left = RoutineLaunch.address(arguments.inputs().get(0));
    long right = RoutineLaunch.address(arguments.inputs().get(1));
    long result = RoutineLaunch.address(arguments.outputs().get(0));
    long sums = scratch.take(8L * n);
    long values = scratch.take(8L * n);
    long factor = scratch.take(8);
    for (long row = from * ROWS; row < Math.min(m, to * ROWS); row++) {
      if (accumulates) {
        WideValues.load(dtype, result + row * c[0], c[1], sums, n);
      } else {
        Memory.fill(sums, 8L * n, (byte) 0);
      }
      for (long inner = 0; inner < k; inner++) {
        WideValues.load(dtype, left + row * a[0] + inner * a[1], 0, factor, 1);
        WideValues.load(dtype, right + inner * b[0], b[1], values, n);
        multiplyAdd(factor, values, sums, n);
      }
      WideValues.store(dtype, sums, result + row * c[0], c[1], n);
    }
  }

  private void multiplyAdd(long factor, long values, long sums, int n) {
    if (dtype.isFloating()) {
      double scale = Memory.getDouble(factor);
      for (int i = 0; i < n; i++) {
        double sum = Memory.getDouble(sums + 8L * i);
        double value = Memory.getDouble(values + 8L * i);
        Memory.putDouble(sums + 8L * i, sum + scale * value);
      }
    } else {
      long scale = Memory.getLong(factor);
      for (int i = 0; i < n; i++) {
        long sum = Memory.getLong(sums + 8L * i);
        long value = Memory.getLong(values + 8L * i);
        Memory.putLong(sums + 8L * i, sum + scale * value);
      }
    }
  }
}
