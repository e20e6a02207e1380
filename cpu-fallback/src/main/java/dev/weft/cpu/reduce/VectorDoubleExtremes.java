package dev.weft.cpu.reduce;

import dev.weft.cpu.memory.Memory;
import dev.weft.cpu.vector.Lanes;
import dev.weft.cpu.vector.Specialization;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import java.util.Objects;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Least and greatest of float64 elements of a block, by plain comparisons where they suffice: what
 * Java's min and max do about NaN and -0 costs several times as much. The template of a class for
 * each operation and width; {@link VectorFloatExtremes} is its twin.
 */
final class VectorDoubleExtremes implements DoubleKernel {
  private static final Spec SPEC = Specialization.constant(MethodHandles.lookup(), Spec.class);
  private static final DoubleOp OP = SPEC.op();
  private static final boolean LEAST = OP == DoubleOp.MIN;
  private static final VectorOperators.Comparison BETTER =
      LEAST ? VectorOperators.LT : VectorOperators.GT;
  private static final VectorOperators.Associative LANEWISE =
      LEAST ? VectorOperators.MIN : VectorOperators.MAX;
  private static final Lanes LANES = Objects.requireNonNull(SPEC.lanes());
  private static final VectorSpecies<Double> D = LANES.float64();
  private static final int N = D.length();
  private static final int BYTES = Double.BYTES;
  private static final ByteOrder O = Memory.ORDER;

  /** Columns, and what need not be fast. */
  private final DoubleKernel wide = DoubleKernel.wide(SPEC);

  VectorDoubleExtremes() {}

  private static DoubleVector load(long address) {
    return DoubleVector.fromMemorySegment(D, Memory.ALL, address, O);
  }

  private static DoubleVector better(DoubleVector a, DoubleVector b) {
    return LEAST ? a.min(b) : a.max(b);
  }

  private static double better(double a, double b) {
    return LEAST ? Math.min(a, b) : Math.max(a, b);
  }

  @Override
  public double reduce(long address, int n, double center) {
    if (n == 0) {
      return OP.empty;
    }
    double quick = quick(address, n);
    // Comparisons overlook NaN, and take -0 for 0.
    return quick == 0 || Double.isNaN(quick) ? exact(address, n) : quick;
  }

  /** The extreme by plain comparisons; NaN where an element is infinite or NaN. */
  private static double quick(long address, int n) {
    DoubleVector zero = DoubleVector.zero(D);
    DoubleVector a0 = DoubleVector.broadcast(D, OP.identity);
    DoubleVector a1 = a0;
    DoubleVector a2 = a0;
    DoubleVector a3 = a0;
    DoubleVector odd0 = zero;
    DoubleVector odd1 = zero;
    long step = (long) N * BYTES;
    long end = address + (long) n * BYTES;
    long at = address;
    for (; at <= end - 4 * step; at += 4 * step) {
      DoubleVector x0 = load(at);
      DoubleVector x1 = load(at + step);
      DoubleVector x2 = load(at + 2 * step);
      DoubleVector x3 = load(at + 3 * step);
      a0 = a0.blend(x0, x0.compare(BETTER, a0));
      a1 = a1.blend(x1, x1.compare(BETTER, a1));
      a2 = a2.blend(x2, x2.compare(BETTER, a2));
      a3 = a3.blend(x3, x3.compare(BETTER, a3));
      odd0 = x0.fma(zero, odd0);
      odd1 = x1.fma(zero, odd1);
      odd0 = x2.fma(zero, odd0);
      odd1 = x3.fma(zero, odd1);
    }
    DoubleVector a = better(better(a0, a1), better(a2, a3));
    for (; at <= end - step; at += step) {
      DoubleVector x = load(at);
      a = better(a, x);
      odd0 = x.fma(zero, odd0);
    }
    double best = a.reduceLanes(LANEWISE);
    for (; at < end; at += BYTES) {
      best = better(best, Memory.getDouble(at));
    }
    // Infinity times 0 is NaN, and so is NaN.
    return best + odd0.add(odd1).reduceLanes(VectorOperators.ADD);
  }

  private static double exact(long address, int n) {
    DoubleVector a = DoubleVector.broadcast(D, OP.identity);
    long step = (long) N * BYTES;
    long end = address + (long) n * BYTES;
    long at = address;
    for (; at <= end - step; at += step) {
      a = better(a, load(at));
    }
    double best = a.reduceLanes(LANEWISE);
    for (; at < end; at += BYTES) {
      best = better(best, Memory.getDouble(at));
    }
    return DoubleOp.canonical(best);
  }

  @Override
  public void reduceRows(
      long address, long rowStride, int rows, int columns, long scratch, long centers) {
    wide.reduceRows(address, rowStride, rows, columns, scratch, centers);
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
