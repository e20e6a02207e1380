package dev.weft.cpu.reduce;

import dev.weft.cpu.memory.Memory;
import dev.weft.cpu.vector.Lanes;
import dev.weft.cpu.vector.Specialization;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * Reductions in float64 on vectors; the template of a class for each operation, element type and
 * width.
 */
final class VectorDoubles implements DoubleKernel {
  private static final Spec SPEC = Specialization.constant(MethodHandles.lookup(), Spec.class);
  private static final DoubleOp OP = SPEC.op();
  private static final VectorDoubleOp VECTOR_OP = VectorDoubleOp.of(OP);
  private static final DoubleLoad LOAD = SPEC.load();
  private static final VectorDoubleLoad VECTOR_LOAD = VectorDoubleLoad.of(LOAD);
  private static final Lanes LANES = Objects.requireNonNull(SPEC.lanes());
  private static final boolean SQUARED = SPEC.squared();
  private static final int BYTES = LOAD.bytes;
  private static final VectorSpecies<Double> D = LANES.float64();
  private static final int N = D.length();
  private static final ByteOrder O = Memory.ORDER;

  VectorDoubles() {}

  private static DoubleVector element(long address, DoubleVector center) {
    DoubleVector value = VECTOR_LOAD.load(LANES, address);
    if (SQUARED) {
      DoubleVector deviation = value.sub(center);
      return deviation.mul(deviation);
    }
    return value;
  }

  @Override
  public double reduce(long address, int n, double center) {
    if (n == 0) {
      return OP.empty;
    }
    int whole = n & -BlockReducer.LANES;
    double @Nullable [] rest = whole == n ? null : rest(address, whole, n, center);
    double[] lanes = new double[8];
    for (int lane = 0; lane < 8; lane += N) {
      eighths(address + (long) lane * BYTES, whole, center, lane, rest).intoArray(lanes, lane);
    }
    return OP.halve(lanes, 8);
  }

  /** The last elements, one to a lane; lanes that have none get the identity. */
  private static double[] rest(long address, int from, int n, double center) {
    double[] rest = new double[BlockReducer.LANES];
    DoubleVector c = DoubleVector.broadcast(D, center);
    int r = from;
    for (; r <= n - N; r += N) {
      element(address + (long) r * BYTES, c).intoArray(rest, r - from);
    }
    for (; r < n; r++) {
      rest[r - from] = element(address + (long) r * BYTES, center);
    }
    Arrays.fill(rest, n - from, rest.length, OP.identity);
    return rest;
  }

  /**
   * Reduces lanes l, l + 8 … l + 56 of a vector full of lanes l into one vector: these eight meet
   * in the first three halvings.
   *
   * <p>Starting from the identity gives the bits of starting from the first element, with half the
   * loads; with twice as many C2 would stop inlining half-way through the loop.
   *
   * @param rest one element more for each lane, unless null
   */
  private static DoubleVector eighths(
      long address, int whole, double center, int lane, double @Nullable [] rest) {
    DoubleVector c = DoubleVector.broadcast(D, center);
    long step = 8L * BYTES;
    DoubleVector a0 = DoubleVector.broadcast(D, OP.identity);
    DoubleVector a1 = DoubleVector.broadcast(D, OP.identity);
    DoubleVector a2 = DoubleVector.broadcast(D, OP.identity);
    DoubleVector a3 = DoubleVector.broadcast(D, OP.identity);
    DoubleVector a4 = DoubleVector.broadcast(D, OP.identity);
    DoubleVector a5 = DoubleVector.broadcast(D, OP.identity);
    DoubleVector a6 = DoubleVector.broadcast(D, OP.identity);
    DoubleVector a7 = DoubleVector.broadcast(D, OP.identity);
    for (long r = 0; r < whole; r += BlockReducer.LANES) {
      long at = address + r * BYTES;
      a0 = VECTOR_OP.apply(a0, element(at, c));
      a1 = VECTOR_OP.apply(a1, element(at + step, c));
      a2 = VECTOR_OP.apply(a2, element(at + 2 * step, c));
      a3 = VECTOR_OP.apply(a3, element(at + 3 * step, c));
      a4 = VECTOR_OP.apply(a4, element(at + 4 * step, c));
      a5 = VECTOR_OP.apply(a5, element(at + 5 * step, c));
      a6 = VECTOR_OP.apply(a6, element(at + 6 * step, c));
      a7 = VECTOR_OP.apply(a7, element(at + 7 * step, c));
    }
    if (rest != null) {
      a0 = VECTOR_OP.apply(a0, DoubleVector.fromArray(D, rest, lane));
      a1 = VECTOR_OP.apply(a1, DoubleVector.fromArray(D, rest, lane + 8));
      a2 = VECTOR_OP.apply(a2, DoubleVector.fromArray(D, rest, lane + 16));
      a3 = VECTOR_OP.apply(a3, DoubleVector.fromArray(D, rest, lane + 24));
      a4 = VECTOR_OP.apply(a4, DoubleVector.fromArray(D, rest, lane + 32));
      a5 = VECTOR_OP.apply(a5, DoubleVector.fromArray(D, rest, lane + 40));
      a6 = VECTOR_OP.apply(a6, DoubleVector.fromArray(D, rest, lane + 48));
      a7 = VECTOR_OP.apply(a7, DoubleVector.fromArray(D, rest, lane + 56));
    }
    DoubleVector even = VECTOR_OP.apply(VECTOR_OP.apply(a0, a4), VECTOR_OP.apply(a2, a6));
    DoubleVector odd = VECTOR_OP.apply(VECTOR_OP.apply(a1, a5), VECTOR_OP.apply(a3, a7));
    return VECTOR_OP.apply(even, odd);
  }

  @Override
  public int indexOf(long address, int n, double value) {
    boolean nan = Double.isNaN(value);
    int r = 0;
    for (; r <= n - N; r += N) {
      DoubleVector v = VECTOR_LOAD.load(LANES, address + (long) r * BYTES);
      VectorMask<Double> found =
          nan ? v.compare(VectorOperators.NE, v) : v.compare(VectorOperators.EQ, value);
      if (found.anyTrue()) {
        return r + found.firstTrue();
      }
    }
    for (; r < n; r++) {
      double x = LOAD.load(address + (long) r * BYTES);
      if (nan ? Double.isNaN(x) : x == value) {
        return r;
      }
    }
    return n;
  }

  @Override
  public void accumulateRow(int row, long address, int columns, long scratch, long centers) {
    long lane = scratch + 8 * columns * (row % BlockReducer.LANES);
    boolean first = row < BlockReducer.LANES;
    DoubleVector center = DoubleVector.zero(D);
    long c = 0;
    for (; c <= columns - N; c += N) {
      long at = lane + 8 * c;
      if (SQUARED) {
        center = DoubleVector.fromMemorySegment(D, Memory.ALL, centers + 8 * c, O);
      }
      DoubleVector value = element(address + c * BYTES, center);
      if (!first) {
        value = VECTOR_OP.apply(DoubleVector.fromMemorySegment(D, Memory.ALL, at, O), value);
      }
      value.intoMemorySegment(Memory.ALL, at, O);
    }
    for (; c < columns; c++) {
      double value = LOAD.load(address + c * BYTES);
      if (SQUARED) {
        double deviation = value - Memory.getDouble(centers + 8 * c);
        value = deviation * deviation;
      }
      long at = lane + 8 * c;
      Memory.putDouble(at, first ? value : OP.apply(Memory.getDouble(at), value));
    }
  }

  /**
   * Lanes l, l + 8 … l + 56 meet in the first three halvings, and the eight results in the others.
   * So of 64 rows each element is loaded once, and an eighth as many results are stored. Of more
   * rows, eight of a lane at a time are added up before the sum is stored.
   */
  @Override
  public void reduceRows(
      long address, long rowStride, int rows, int columns, long scratch, long centers) {
    int lanes = BlockReducer.LANES;
    if (rows == lanes / 2 || rows == lanes / 4) {
      for (int l = 0; l < 8; l++) {
        long to = scratch + 8 * columns * l;
        meetFew(address + l * rowStride, 8 * rowStride, rows / 8, columns, to, centers);
      }
      meet(scratch, 8 * columns, columns, scratch);
      return;
    }
    if (rows < lanes) {
      DoubleKernel.super.reduceRows(address, rowStride, rows, columns, scratch, centers);
      return;
    }
    long lane = 8L * columns;
    for (int l = 0; l < (rows == lanes ? 8 : 0); l++) {
      meet(address + l * rowStride, 8 * rowStride, columns, scratch + l * lane, centers);
    }
    if (rows > lanes) {
      int whole = rows & -(8 * lanes);
      for (int block = 0; block < whole; block += 8 * lanes) {
        for (int l = 0; l < lanes; l++) {
          long at = address + (block + l) * rowStride;
          follow(block == 0, at, lanes * rowStride, columns, scratch + l * lane, centers);
        }
      }
      for (int row = whole; row < rows; row++) {
        accumulateRow(row, address + row * rowStride, columns, scratch, centers);
      }
      for (int l = 0; l < 8; l++) {
        meet(scratch + l * lane, 8 * lane, columns, scratch + l * lane);
      }
    }
    meet(scratch, lane, columns, scratch);
  }

  /** Elements of one lane, {@code step} bytes apart, in their order. */
  private static void follow(
      boolean first, long address, long step, int columns, long lane, long centers) {
    DoubleVector center = DoubleVector.zero(D);
    long c = 0;
    for (; c <= columns - N; c += N) {
      long at = address + c * BYTES;
      long to = lane + 8 * c;
      if (SQUARED) {
        center = DoubleVector.fromMemorySegment(D, Memory.ALL, centers + 8 * c, O);
      }
      DoubleVector a = element(at, center);
      if (!first) {
        a = VECTOR_OP.apply(DoubleVector.fromMemorySegment(D, Memory.ALL, to, O), a);
      }
      a = VECTOR_OP.apply(a, element(at + step, center));
      a = VECTOR_OP.apply(a, element(at + 2 * step, center));
      a = VECTOR_OP.apply(a, element(at + 3 * step, center));
      a = VECTOR_OP.apply(a, element(at + 4 * step, center));
      a = VECTOR_OP.apply(a, element(at + 5 * step, center));
      a = VECTOR_OP.apply(a, element(at + 6 * step, center));
      a = VECTOR_OP.apply(a, element(at + 7 * step, center));
      a.intoMemorySegment(Memory.ALL, to, O);
    }
    for (; c < columns; c++) {
      long at = address + c * BYTES;
      double mean = SQUARED ? Memory.getDouble(centers + 8 * c) : 0;
      double a = element(at, mean);
      if (!first) {
        a = OP.apply(Memory.getDouble(lane + 8 * c), a);
      }
      for (int r = 1; r < 8; r++) {
        a = OP.apply(a, element(at + r * step, mean));
      }
      Memory.putDouble(lane + 8 * c, a);
    }
  }

  private static double element(long address, double center) {
    double value = LOAD.load(address);
    double deviation = value - center;
    return SQUARED ? deviation * deviation : value;
  }

  /** Elements of eight rows, {@code step} bytes apart, combined by halves. */
  private static void meet(long address, long step, int columns, long result, long centers) {
    DoubleVector center = DoubleVector.zero(D);
    long c = 0;
    for (; c <= columns - N; c += N) {
      long at = address + c * BYTES;
      if (SQUARED) {
        center = DoubleVector.fromMemorySegment(D, Memory.ALL, centers + 8 * c, O);
      }
      DoubleVector a0 = VECTOR_OP.apply(element(at, center), element(at + 4 * step, center));
      DoubleVector a1 = VECTOR_OP.apply(element(at + step, center), element(at + 5 * step, center));
      DoubleVector a2 =
          VECTOR_OP.apply(element(at + 2 * step, center), element(at + 6 * step, center));
      DoubleVector a3 =
          VECTOR_OP.apply(element(at + 3 * step, center), element(at + 7 * step, center));
      VECTOR_OP
          .apply(VECTOR_OP.apply(a0, a2), VECTOR_OP.apply(a1, a3))
          .intoMemorySegment(Memory.ALL, result + 8 * c, O);
    }
    for (; c < columns; c++) {
      double mean = SQUARED ? Memory.getDouble(centers + 8 * c) : 0;
      double[] a = new double[8];
      for (int r = 0; r < 8; r++) {
        a[r] = element(address + c * BYTES + r * step, mean);
      }
      Memory.putDouble(result + 8 * c, OP.halve(a, 8));
    }
  }

  /** The same of two or four rows: the others are absent, which changes nothing. */
  private static void meetFew(
      long address, long step, int rows, int columns, long result, long centers) {
    DoubleVector center = DoubleVector.zero(D);
    long c = 0;
    for (; c <= columns - N; c += N) {
      long at = address + c * BYTES;
      if (SQUARED) {
        center = DoubleVector.fromMemorySegment(D, Memory.ALL, centers + 8 * c, O);
      }
      DoubleVector a0 = element(at, center);
      DoubleVector a1 = element(at + step, center);
      if (rows == 4) {
        a0 = VECTOR_OP.apply(a0, element(at + 2 * step, center));
        a1 = VECTOR_OP.apply(a1, element(at + 3 * step, center));
      }
      VECTOR_OP.apply(a0, a1).intoMemorySegment(Memory.ALL, result + 8 * c, O);
    }
    for (; c < columns; c++) {
      double mean = SQUARED ? Memory.getDouble(centers + 8 * c) : 0;
      double[] a = new double[4];
      Arrays.fill(a, OP.identity);
      for (int r = 0; r < rows; r++) {
        a[r] = element(address + c * BYTES + r * step, mean);
      }
      Memory.putDouble(result + 8 * c, OP.halve(a, 4));
    }
  }

  /** The same of float64 lanes; shows the one NaN. The result may take the place of the first. */
  private static void meet(long address, long step, int columns, long result) {
    long c = 0;
    for (; c <= columns - N; c += N) {
      long at = address + 8 * c;
      DoubleVector a0 = VECTOR_OP.apply(lane(at), lane(at + 4 * step));
      DoubleVector a1 = VECTOR_OP.apply(lane(at + step), lane(at + 5 * step));
      DoubleVector a2 = VECTOR_OP.apply(lane(at + 2 * step), lane(at + 6 * step));
      DoubleVector a3 = VECTOR_OP.apply(lane(at + 3 * step), lane(at + 7 * step));
      DoubleVector value = VECTOR_OP.apply(VECTOR_OP.apply(a0, a2), VECTOR_OP.apply(a1, a3));
      value
          .blend(Double.NaN, value.compare(VectorOperators.NE, value))
          .intoMemorySegment(Memory.ALL, result + 8 * c, O);
    }
    for (; c < columns; c++) {
      double[] a = new double[8];
      for (int r = 0; r < 8; r++) {
        a[r] = Memory.getDouble(address + 8 * c + r * step);
      }
      Memory.putDouble(result + 8 * c, OP.halve(a, 8));
    }
  }

  private static DoubleVector lane(long address) {
    return DoubleVector.fromMemorySegment(D, Memory.ALL, address, O);
  }

  @Override
  public void finish(int rows, int columns, long scratch) {
    int present = Math.min(rows, BlockReducer.LANES);
    for (int half = BlockReducer.LANES / 2; half > 0; half /= 2) {
      for (int l = 0; l + half < present && l < half; l++) {
        long lane = scratch + 8 * columns * l;
        combine(lane, lane + 8 * columns * half, lane, columns);
      }
      present = Math.min(present, half);
    }
    // A single row meets no other, but shows the one NaN too.
    if (rows == 1) {
      for (long at = scratch; at < scratch + 8 * columns; at += 8) {
        Memory.putDouble(at, DoubleOp.canonical(Memory.getDouble(at)));
      }
    }
  }

  @Override
  public void combine(long left, long right, long result, int n) {
    long i = 0;
    for (; i <= n - N; i += N) {
      DoubleVector a = DoubleVector.fromMemorySegment(D, Memory.ALL, left + 8 * i, O);
      DoubleVector b = DoubleVector.fromMemorySegment(D, Memory.ALL, right + 8 * i, O);
      DoubleVector value = VECTOR_OP.apply(a, b);
      value
          .blend(Double.NaN, value.compare(VectorOperators.NE, value))
          .intoMemorySegment(Memory.ALL, result + 8 * i, O);
    }
    for (; i < n; i++) {
      double value = OP.apply(Memory.getDouble(left + 8 * i), Memory.getDouble(right + 8 * i));
      Memory.putDouble(result + 8 * i, DoubleOp.canonical(value));
    }
  }
}
