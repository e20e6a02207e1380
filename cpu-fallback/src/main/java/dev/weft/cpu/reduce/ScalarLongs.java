package dev.weft.cpu.reduce;

import dev.weft.cpu.memory.Memory;
import java.util.Arrays;

/** Reductions in int64 one element at a time. */
final class ScalarLongs implements LongKernel {
  private final LongOp op;
  private final LongLoad load;

  ScalarLongs(Spec spec) {
    op = spec.op();
    load = spec.load();
  }

  @Override
  public long reduce(long address, int n) {
    if (n == 0) {
      return op.identity;
    }
    long[] lane = new long[BlockReducer.LANES];
    Arrays.fill(lane, op.identity);
    for (int r = 0; r < n; r++) {
      long value = load.load(address + (long) r * load.bytes);
      int l = r % BlockReducer.LANES;
      lane[l] = op.apply(lane[l], value);
    }
    return halve(op, lane, BlockReducer.LANES);
  }

  /** Combines lanes by halves; absent ones hold the identity, which changes nothing. */
  static long halve(LongOp op, long[] lane, int lanes) {
    for (int half = lanes / 2; half > 0; half /= 2) {
      for (int l = 0; l < half; l++) {
        lane[l] = op.apply(lane[l], lane[l + half]);
      }
    }
    return lane[0];
  }

  @Override
  public int indexOf(long address, int n, long value) {
    for (int r = 0; r < n; r++) {
      long x = load.load(address + (long) r * load.bytes);
      if (x == value) {
        return r;
      }
    }
    return n;
  }

  @Override
  public void accumulateRow(int row, long address, int columns, long scratch) {
    long lane = scratch + 8L * columns * (row % BlockReducer.LANES);
    for (int c = 0; c < columns; c++) {
      long value = load.load(address + (long) c * load.bytes);
      long at = lane + 8L * c;
      boolean first = row < BlockReducer.LANES;
      Memory.putLong(at, first ? value : op.apply(Memory.getLong(at), value));
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
  }

  @Override
  public void combine(long left, long right, long result, int n) {
    for (long i = 0; i < 8L * n; i += 8) {
      long value = op.apply(Memory.getLong(left + i), Memory.getLong(right + i));
      Memory.putLong(result + i, value);
    }
  }
}
