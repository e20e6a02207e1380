package dev.weft.cpu.reduce;

import dev.weft.cpu.memory.Memory;
import dev.weft.cpu.vector.Lanes;
import dev.weft.cpu.vector.Specialization;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Least and greatest of float32 elements, compared as they are: twice as many in a vector as in
 * float64, and no conversions. An extreme is exact, so the order makes no difference to its bits.
 * The template of a class for each operation and width.
 */
final class VectorFloatExtremes implements DoubleKernel {
  private static final Spec SPEC = Specialization.constant(MethodHandles.lookup(), Spec.class);
  private static final DoubleOp OP = SPEC.op();
  private static final boolean LEAST = OP == DoubleOp.MIN;
  private static final VectorOperators.Comparison BETTER =
      LEAST ? VectorOperators.LT : VectorOperators.GT;
  private static final VectorOperators.Associative LANEWISE =
      LEAST ? VectorOperators.MIN : VectorOperators.MAX;
  private static final Lanes LANES = Objects.requireNonNull(SPEC.lanes());
  private static final VectorSpecies<Float> F = LANES.float32();
  private static final int N = F.length();
  private static final int BYTES = Float.BYTES;
  private static final ByteOrder O = Memory.ORDER;

  /** Rows of columns that are taken at a time. */
  private static final int ROWS = 8;

  /** What need not be fast, or ends in float64. */
  private final DoubleKernel wide = DoubleKernel.wide(SPEC);

  VectorFloatExtremes() {}

  private static FloatVector load(long address) {
    return FloatVector.fromMemorySegment(F, Memory.ALL, address, O);
  }

  private static FloatVector better(FloatVector a, FloatVector b) {
    return LEAST ? a.min(b) : a.max(b);
  }

  private static float better(float a, float b) {
    return LEAST ? Math.min(a, b) : Math.max(a, b);
  }

  @Override
  public double reduce(long address, int n, double center) {
    if (n == 0) {
      return OP.empty;
    }
    float quick = quick(address, n);
    // Comparisons overlook NaN, and take -0 for 0.
    return quick == 0 || Float.isNaN(quick) ? exact(address, n) : quick;
  }

  /** The extreme by plain comparisons; NaN where an element is infinite or NaN. */
  private static float quick(long address, int n) {
    FloatVector zero = FloatVector.zero(F);
    FloatVector a0 = FloatVector.broadcast(F, (float) OP.identity);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    FloatVector odd0 = zero;
    FloatVector odd1 = zero;
    long step = (long) N * BYTES;
    long end = address + (long) n * BYTES;
    long at = address;
    for (; at <= end - 4 * step; at += 4 * step) {
      FloatVector x0 = load(at);
      FloatVector x1 = load(at + step);
      FloatVector x2 = load(at + 2 * step);
      FloatVector x3 = load(at + 3 * step);
      a0 = a0.blend(x0, x0.compare(BETTER, a0));
      a1 = a1.blend(x1, x1.compare(BETTER, a1));
      a2 = a2.blend(x2, x2.compare(BETTER, a2));
      a3 = a3.blend(x3, x3.compare(BETTER, a3));
      odd0 = x0.fma(zero, odd0);
      odd1 = x1.fma(zero, odd1);
      odd0 = x2.fma(zero, odd0);
      odd1 = x3.fma(zero, odd1);
    }
    FloatVector a = better(better(a0, a1), better(a2, a3));
    for (; at <= end - step; at += step) {
      FloatVector x = load(at);
      a = better(a, x);
      odd0 = x.fma(zero, odd0);
    }
    float best = a.reduceLanes(LANEWISE);
    for (; at < end; at += BYTES) {
      best = better(best, Memory.getFloat(at));
    }
    // Infinity times 0 is NaN, and so is NaN.
    return best + odd0.add(odd1).reduceLanes(VectorOperators.ADD);
  }

  private static double exact(long address, int n) {
    FloatVector a = FloatVector.broadcast(F, (float) OP.identity);
    long step = (long) N * BYTES;
    long end = address + (long) n * BYTES;
    long at = address;
    for (; at <= end - step; at += step) {
      a = better(a, load(at));
    }
    float best = a.reduceLanes(LANEWISE);
    for (; at < end; at += BYTES) {
      best = better(best, Memory.getFloat(at));
    }
    return DoubleOp.canonical(best);
  }

  @Override
  public void reduceRows(
      long address, long rowStride, int rows, int columns, long scratch, long centers) {
    // Behind the results, where lanes 1 and on would be.
    long found = scratch + 8L * columns;
    for (int row = 0; row < rows; row += ROWS) {
      long at = address + row * rowStride;
      if (rows - row >= ROWS) {
        together(row == 0, at, rowStride, columns, found);
      } else {
        for (int r = row; r < rows; r++) {
          single(r == 0, address + r * rowStride, columns, found);
        }
      }
    }
    for (int c = 0; c < columns; c++) {
      double value = Memory.getFloat(found + (long) c * BYTES);
      Memory.putDouble(scratch + 8L * c, DoubleOp.canonical(value));
    }
  }

  private static void together(boolean first, long address, long step, int columns, long found) {
    long c = 0;
    for (; c <= columns - N; c += N) {
      long at = address + c * BYTES;
      FloatVector a = better(load(at), load(at + 4 * step));
      FloatVector b = better(load(at + step), load(at + 5 * step));
      a = better(a, better(load(at + 2 * step), load(at + 6 * step)));
      b = better(b, better(load(at + 3 * step), load(at + 7 * step)));
      a = better(a, b);
      long to = found + c * BYTES;
      (first ? a : better(load(to), a)).intoMemorySegment(Memory.ALL, to, O);
    }
    for (; c < columns; c++) {
      float best = first ? (float) OP.identity : Memory.getFloat(found + c * BYTES);
      for (int r = 0; r < ROWS; r++) {
        best = better(best, Memory.getFloat(address + c * BYTES + r * step));
      }
      Memory.putFloat(found + c * BYTES, best);
    }
  }

  private static void single(boolean first, long address, int columns, long found) {
    long c = 0;
    for (; c <= columns - N; c += N) {
      FloatVector a = load(address + c * BYTES);
      long to = found + c * BYTES;
      (first ? a : better(load(to), a)).intoMemorySegment(Memory.ALL, to, O);
    }
    for (; c < columns; c++) {
      float value = Memory.getFloat(address + c * BYTES);
      long to = found + c * BYTES;
      Memory.putFloat(to, first ? value : better(Memory.getFloat(to), value));
    }
  }

  @Override
  public int indexOf(long address, int n, double value) {
    return wide.indexOf(address, n, value);
  }

  @Override
  public void accumulateRow(int row, long address, int columns, long scratch, long centers) {
    wide.accumulateRow(row, address, columns, scratch, centers);
  }

  @Override
  public void finish(int rows, int columns, long scratch) {
    wide.finish(rows, columns, scratch);
  }

  @Override
  public void combine(long left, long right, long result, int n) {
    wide.combine(left, right, result, n);
  }
}
