package dev.weft.cpu.reduce;

import dev.weft.cpu.memory.Memory;
import dev.weft.cpu.vector.Specialization;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;

/**
 * Reductions in float64 one element at a time; the template of a class for each operation and
 * element type, so that no loop calls through an interface.
 */
final class ScalarDoubles implements DoubleKernel {
  private static final Spec SPEC = Specialization.constant(MethodHandles.lookup(), Spec.class);
  private static final DoubleOp OP = SPEC.op();
  private static final DoubleLoad LOAD = SPEC.load();
  private static final boolean SQUARED = SPEC.squared();
  private static final int BYTES = LOAD.bytes;

  /** Elements of a call of the inner loop: few rounds, so that the JVM compiles it by its calls. */
  private static final int PART = 8 * BlockReducer.LANES;

  ScalarDoubles() {}

  private static double element(long address, double center) {
    double value = LOAD.load(address);
    double deviation = value - center;
    return SQUARED ? deviation * deviation : value;
  }

  @Override
  public double reduce(long address, int n, double center) {
    if (n == 0) {
      return OP.empty;
    }
    double[] lanes = new double[BlockReducer.LANES];
    Arrays.fill(lanes, OP.identity);
    int whole = n & -BlockReducer.LANES;
    for (int from = 0; from < whole; from += PART) {
      int length = Math.min(PART, whole - from);
      for (int lane = 0; lane < 8; lane++) {
        eighth(address + (long) (from + lane) * BYTES, length, center, lane, lanes);
      }
    }
    for (int r = whole; r < n; r++) {
      int l = r - whole;
      lanes[l] = OP.apply(lanes[l], element(address + (long) r * BYTES, center));
    }
    return OP.halve(lanes, BlockReducer.LANES);
  }

  /**
   * Takes elements into lanes l, l + 8 … l + 56, each in a register of its own: together they read
   * every cache line in turn, and no addition waits for the one before.
   */
  private static void eighth(long address, int length, double center, int lane, double[] lanes) {
    long step = 8L * BYTES;
    double a0 = lanes[lane];
    double a1 = lanes[lane + 8];
    double a2 = lanes[lane + 16];
    double a3 = lanes[lane + 24];
    double a4 = lanes[lane + 32];
    double a5 = lanes[lane + 40];
    double a6 = lanes[lane + 48];
    double a7 = lanes[lane + 56];
    for (int r = 0; r < length; r += BlockReducer.LANES) {
      long at = address + (long) r * BYTES;
      a0 = OP.apply(a0, element(at, center));
      a1 = OP.apply(a1, element(at + step, center));
      a2 = OP.apply(a2, element(at + 2 * step, center));
      a3 = OP.apply(a3, element(at + 3 * step, center));
      a4 = OP.apply(a4, element(at + 4 * step, center));
      a5 = OP.apply(a5, element(at + 5 * step, center));
      a6 = OP.apply(a6, element(at + 6 * step, center));
      a7 = OP.apply(a7, element(at + 7 * step, center));
    }
    lanes[lane] = a0;
    lanes[lane + 8] = a1;
    lanes[lane + 16] = a2;
    lanes[lane + 24] = a3;
    lanes[lane + 32] = a4;
    lanes[lane + 40] = a5;
    lanes[lane + 48] = a6;
    lanes[lane + 56] = a7;
  }

  @Override
  public int indexOf(long address, int n, double value) {
    boolean nan = Double.isNaN(value);
    for (int r = 0; r < n; r++) {
      double x = LOAD.load(address + (long) r * BYTES);
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
      double center = SQUARED ? Memory.getDouble(centers + 8L * c) : 0;
      double value = element(address + (long) c * BYTES, center);
      long at = lane + 8L * c;
      boolean first = row < BlockReducer.LANES;
      Memory.putDouble(at, first ? value : OP.apply(Memory.getDouble(at), value));
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
      double value = OP.apply(Memory.getDouble(left + i), Memory.getDouble(right + i));
      Memory.putDouble(result + i, DoubleOp.canonical(value));
    }
  }
}
