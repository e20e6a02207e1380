package dev.weft.cpu.reduce;

import dev.weft.cpu.memory.Memory;
import java.util.Arrays;

/** Reductions in float64 one element at a time. */
final class ScalarDoubles implements DoubleKernel {
  private final DoubleOp op;
  private final DoubleLoad load;
  private final boolean squared;

  ScalarDoubles(Spec spec) {
    op = spec.op();
    load = spec.load();
    squared = spec.squared();
  }

  private double element(long address, double center) {
    double value = load.load(address);
    double deviation = value - center;
    return squared ? deviation * deviation : value;
  }

  @Override
  public double reduce(long address, int n, double center) {
    if (n == 0) {
      return op.empty;
    }
    double[] lane = new double[BlockReducer.LANES];
    Arrays.fill(lane, op.identity);
    for (int r = 0; r < n; r++) {
      double value = element(address + (long) r * load.bytes, center);
      int l = r % BlockReducer.LANES;
      lane[l] = op.apply(lane[l], value);
    }
    return halve(op, lane, BlockReducer.LANES);
  }

  /** Combines lanes by halves; absent ones hold the identity, which changes nothing. */
  static double halve(DoubleOp op, double[] lane, int lanes) {
    for (int half = lanes / 2; half > 0; half /= 2) {
      for (int l = 0; l < half; l++) {
        lane[l] = op.apply(lane[l], lane[l + half]);
      }
    }
    return DoubleOp.canonical(lane[0]);
  }

  @Override
  public int indexOf(long address, int n, double value) {
    boolean nan = Double.isNaN(value);
    for (int r = 0; r < n; r++) {
      double x = load.load(address + (long) r * load.bytes);
      if (nan ? Double.isNaN(x) : x == value) {
        return r;
      }
    }
    return n;
  }

  @Override
  public void accumulateRow(int row, long address, int columns, long scratch, long centers) {
    long lane = scratch + 8L * columns * (row % BlockReducer.LANES);
    for (int c = 0; c < columns; c++) {
      double center = squared ? Memory.getDouble(centers + 8L * c) : 0;
      double value = element(address + (long) c * load.bytes, center);
      long at = lane + 8L * c;
      boolean first = row < BlockReducer.LANES;
      Memory.putDouble(at, first ? value : op.apply(Memory.getDouble(at), value));
    }
  }

  @Override
  public void finish(int rows, int columns, long scratch) {
    int present = Math.min(rows, BlockReducer.LANES);
    for (int half = BlockReducer.LANES / 2; half > 0; half /= 2) {
      for (int l = 0; l + half < present && l < half; l++) {
        long lane = scratch + 8L * columns * l;
        combine(lane, lane + 8L * columns * half, lane, columns);
      }
      present = Math.min(present, half);
    }
    for (long at = scratch; at < scratch + 8L * columns; at += 8) {
      Memory.putDouble(at, DoubleOp.canonical(Memory.getDouble(at)));
    }
  }

  @Override
  public void combine(long left, long right, long result, int n) {
    for (long i = 0; i < 8L * n; i += 8) {
      double value = op.apply(Memory.getDouble(left + i), Memory.getDouble(right + i));
      Memory.putDouble(result + i, DoubleOp.canonical(value));
    }
  }
}
