package dev.weft.cpu.reduce;

import dev.weft.cpu.memory.Memory;
import dev.weft.cpu.vector.Lanes;
import dev.weft.cpu.vector.Specialization;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * Reductions in int64 on vectors; the template of a class for each operation, element type and
 * width.
 */
final class VectorLongs implements LongKernel {
  private static final Spec SPEC = Specialization.constant(MethodHandles.lookup(), Spec.class);
  private static final LongOp OP = SPEC.op();
  private static final VectorLongOp VECTOR_OP = VectorLongOp.of(OP);
  private static final LongLoad LOAD = SPEC.load();
  private static final VectorLongLoad VECTOR_LOAD = VectorLongLoad.of(LOAD);
  private static final Lanes LANES = Objects.requireNonNull(SPEC.lanes());
  private static final int BYTES = LOAD.bytes;
  private static final VectorSpecies<Long> L = LANES.int64();
  private static final int N = L.length();
  private static final ByteOrder O = Memory.ORDER;

  VectorLongs() {}

  @Override
  public long reduce(long address, int n) {
    if (n == 0) {
      return OP.identity;
    }
    int whole = n & -BlockReducer.LANES;
    if (whole < n) {
      return withRest(address, n, whole);
    }
    long[] lanes = new long[8];
    for (int lane = 0; lane < 8; lane += N) {
      eighths(address + (long) lane * BYTES, whole, lane, null).intoArray(lanes, lane);
    }
    return OP.halve(lanes, 8);
  }

  private static long withRest(long address, int n, int whole) {
    long[] lanes = new long[BlockReducer.LANES];
    if (whole == 0) {
      Arrays.fill(lanes, OP.identity);
    } else {
      for (int lane = 0; lane < 8; lane += N) {
        eighths(address + (long) lane * BYTES, whole, lane, lanes);
      }
    }
    for (int r = whole; r < n; r++) {
      long value = LOAD.load(address + (long) r * BYTES);
      lanes[r - whole] = OP.apply(lanes[r - whole], value);
    }
    return OP.halve(lanes, BlockReducer.LANES);
  }

  /**
   * Reduces lanes l, l + 8 … l + 56 of a vector full of lanes l into one vector: these eight meet
   * in the first three halvings.
   *
   * <p>Starting from the identity gives the bits of starting from the first element, with half the
   * loads; with twice as many C2 would stop inlining half-way through the loop.
   *
   * @param all takes the lanes before they meet, unless null
   */
  private static LongVector eighths(long address, int whole, int lane, long @Nullable [] all) {
    long step = 8L * BYTES;
    LongVector a0 = LongVector.broadcast(L, OP.identity);
    LongVector a1 = LongVector.broadcast(L, OP.identity);
    LongVector a2 = LongVector.broadcast(L, OP.identity);
    LongVector a3 = LongVector.broadcast(L, OP.identity);
    LongVector a4 = LongVector.broadcast(L, OP.identity);
    LongVector a5 = LongVector.broadcast(L, OP.identity);
    LongVector a6 = LongVector.broadcast(L, OP.identity);
    LongVector a7 = LongVector.broadcast(L, OP.identity);
    for (int r = 0; r < whole; r += BlockReducer.LANES) {
      long at = address + (long) r * BYTES;
      a0 = VECTOR_OP.apply(a0, VECTOR_LOAD.load(LANES, at));
      a1 = VECTOR_OP.apply(a1, VECTOR_LOAD.load(LANES, at + step));
      a2 = VECTOR_OP.apply(a2, VECTOR_LOAD.load(LANES, at + 2 * step));
      a3 = VECTOR_OP.apply(a3, VECTOR_LOAD.load(LANES, at + 3 * step));
      a4 = VECTOR_OP.apply(a4, VECTOR_LOAD.load(LANES, at + 4 * step));
      a5 = VECTOR_OP.apply(a5, VECTOR_LOAD.load(LANES, at + 5 * step));
      a6 = VECTOR_OP.apply(a6, VECTOR_LOAD.load(LANES, at + 6 * step));
      a7 = VECTOR_OP.apply(a7, VECTOR_LOAD.load(LANES, at + 7 * step));
    }
    if (all != null) {
      a0.intoArray(all, lane);
      a1.intoArray(all, lane + 8);
      a2.intoArray(all, lane + 16);
      a3.intoArray(all, lane + 24);
      a4.intoArray(all, lane + 32);
      a5.intoArray(all, lane + 40);
      a6.intoArray(all, lane + 48);
      a7.intoArray(all, lane + 56);
    }
    LongVector even = VECTOR_OP.apply(VECTOR_OP.apply(a0, a4), VECTOR_OP.apply(a2, a6));
    LongVector odd = VECTOR_OP.apply(VECTOR_OP.apply(a1, a5), VECTOR_OP.apply(a3, a7));
    return VECTOR_OP.apply(even, odd);
  }

  @Override
  public int indexOf(long address, int n, long value) {
    int r = 0;
    for (; r <= n - N; r += N) {
      LongVector v = VECTOR_LOAD.load(LANES, address + (long) r * BYTES);
      VectorMask<Long> found = v.compare(VectorOperators.EQ, value);
      if (found.anyTrue()) {
        return r + found.firstTrue();
      }
    }
    for (; r < n; r++) {
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
    boolean first = row < BlockReducer.LANES;
    int c = 0;
    for (; c <= columns - N; c += N) {
      long at = lane + 8L * c;
      LongVector value = VECTOR_LOAD.load(LANES, address + (long) c * BYTES);
      if (!first) {
        value = VECTOR_OP.apply(LongVector.fromMemorySegment(L, Memory.ALL, at, O), value);
      }
      value.intoMemorySegment(Memory.ALL, at, O);
    }
    for (; c < columns; c++) {
      long value = LOAD.load(address + (long) c * BYTES);
      long at = lane + 8L * c;
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
    int i = 0;
    for (; i <= n - N; i += N) {
      LongVector a = LongVector.fromMemorySegment(L, Memory.ALL, left + 8L * i, O);
      LongVector b = LongVector.fromMemorySegment(L, Memory.ALL, right + 8L * i, O);
      LongVector value = VECTOR_OP.apply(a, b);
      value.intoMemorySegment(Memory.ALL, result + 8L * i, O);
    }
    for (; i < n; i++) {
      long value = OP.apply(Memory.getLong(left + 8L * i), Memory.getLong(right + 8L * i));
      Memory.putLong(result + 8L * i, value);
    }
  }
}
