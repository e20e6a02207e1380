package dev.weft.cpu.run;

import dev.weft.core.device.Arguments;
import dev.weft.core.dtype.DType;

/** Matrix products, added to or replacing the output; a unit is a strip of its rows. */
final class MatrixProduct implements LibraryLaunch.Routine {
  /** Rows of a unit; rows of the right factor are read once for all of them. */
  private static final int ROWS = 32;

  private final DType dtype;
  private final Arguments arguments;
  private final boolean accumulates;

  private MatrixProduct(DType dtype, Arguments arguments) {
    this.dtype = dtype;
    this.arguments = arguments;
    this.accumulates = arguments.scalars()[0] == 0;
  }

  static LibraryLaunch.Routine of(DType dtype, Arguments arguments) {
    return new MatrixProduct(dtype, arguments);
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
    int aRow = 0;
    int aInner = a.length == 3 ? 2 : 1;
    int bInner = b.length == 3 ? 2 : 0;
    long left = LibraryLaunch.address(arguments.inputs().get(0));
    long right = LibraryLaunch.address(arguments.inputs().get(1));
    long result = LibraryLaunch.address(arguments.outputs().get(0));
    long sums = scratch.take(8L * n);
    long values = scratch.take(8L * n);
    long factor = scratch.take(8);
    for (long row = from * ROWS; row < Math.min(m, to * ROWS); row++) {
      if (accumulates) {
        WideValues.load(dtype, result + row * c[0], c[1], sums, n);
      } else {
        dev.weft.cpu.memory.Memory.fill(sums, 8L * n, (byte) 0);
      }
      for (long inner = 0; inner < k; inner++) {
        WideValues.load(dtype, left + row * a[aRow] + inner * a[aInner], 0, factor, 1);
        WideValues.load(dtype, right + inner * b[bInner], b[1], values, n);
        multiplyAdd(factor, values, sums, n);
      }
      WideValues.store(dtype, sums, result + row * c[0], c[1], n);
    }
  }

  private void multiplyAdd(long factor, long values, long sums, int n) {
    if (dtype.isFloating()) {
      double scale = dev.weft.cpu.memory.Memory.getDouble(factor);
      for (int i = 0; i < n; i++) {
        double sum = dev.weft.cpu.memory.Memory.getDouble(sums + 8L * i);
        double value = dev.weft.cpu.memory.Memory.getDouble(values + 8L * i);
        dev.weft.cpu.memory.Memory.putDouble(sums + 8L * i, sum + scale * value);
      }
    } else {
      long scale = dev.weft.cpu.memory.Memory.getLong(factor);
      for (int i = 0; i < n; i++) {
        long sum = dev.weft.cpu.memory.Memory.getLong(sums + 8L * i);
        long value = dev.weft.cpu.memory.Memory.getLong(values + 8L * i);
        dev.weft.cpu.memory.Memory.putLong(sums + 8L * i, sum + scale * value);
      }
    }
  }
}
