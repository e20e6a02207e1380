package dev.weft.cpu.reduce;

import dev.weft.cpu.memory.Memory;
import dev.weft.cpu.vector.Specialization;
import java.lang.invoke.MethodHandles;

/**
 * Reductions in int64 one element at a time; the template of a class for each operation and element
 * type, so that no loop calls through an interface.
 */
final class ScalarLongs implements LongKernel {
  private static final Spec SPEC = Specialization.constant(MethodHandles.lookup(), Spec.class);
  private static final LongOp OP = SPEC.op();
  private static final LongLoad LOAD = SPEC.load();
  private static final int BYTES = LOAD.bytes;

  ScalarLongs() {}

  /** In four registers: no order of whole numbers changes a bit. */
  @Override
  public long reduce(long address, int n) {
    long a0 = OP.identity;
    long a1 = OP.identity;
    long a2 = OP.identity;
    long a3 = OP.identity;
    int r = 0;
    for (; r <= n - 4; r += 4) {
      long at = address + (long) r * BYTES;
      a0 = OP.apply(a0, LOAD.load(at));
      a1 = OP.apply(a1, LOAD.load(at + BYTES));
      a2 = OP.apply(a2, LOAD.load(at + 2L * BYTES));
      a3 = OP.apply(a3, LOAD.load(at + 3L * BYTES));
    }
    for (; r < n; r++) {
      a0 = OP.apply(a0, LOAD.load(address + (long) r * BYTES));
    }
    return OP.apply(OP.apply(a0, a1), OP.apply(a2, a3));
  }

  @Override
  public int indexOf(long address, int n, long value) {
    for (int r = 0; r < n; r++) {
      long x = LOAD.load(address + (long) r * BYTES);
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
      long value = LOAD.load(address + (long) c * BYTES);
      long at = lane + 8L * c;
      boolean first = row < BlockReducer.LANES;
      Memory.putLong(at, first ? value : OP.apply(Memory.getLong(at), value));
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
      long value = OP.apply(Memory.getLong(left + i), Memory.getLong(right + i));
      Memory.putLong(result + i, value);
    }
  }
}
