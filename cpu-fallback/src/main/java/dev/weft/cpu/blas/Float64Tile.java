package dev.weft.cpu.blas;

import dev.weft.cpu.memory.Memory;
import dev.weft.cpu.vector.Lanes;
import dev.weft.cpu.vector.Specialization;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Tiles of float64; the template of a class for each width. */
final class Float64Tile implements GemmTile {
  private static final VectorSpecies<Double> S =
      Specialization.constant(MethodHandles.lookup(), Lanes.class).float64();
  private static final int N = S.length();
  private static final int COLUMNS = 3 * N;
  private static final ByteOrder O = Memory.ORDER;

  Float64Tile() {}

  @Override
  public int columns() {
    return COLUMNS;
  }

  @Override
  public void multiply(int depth, long a, long b, long tile) {
    DoubleVector c00 = DoubleVector.zero(S);
    DoubleVector c01 = DoubleVector.zero(S);
    DoubleVector c02 = DoubleVector.zero(S);
    DoubleVector c10 = DoubleVector.zero(S);
    DoubleVector c11 = DoubleVector.zero(S);
    DoubleVector c12 = DoubleVector.zero(S);
    DoubleVector c20 = DoubleVector.zero(S);
    DoubleVector c21 = DoubleVector.zero(S);
    DoubleVector c22 = DoubleVector.zero(S);
    DoubleVector c30 = DoubleVector.zero(S);
    DoubleVector c31 = DoubleVector.zero(S);
    DoubleVector c32 = DoubleVector.zero(S);
    for (int l = 0; l < depth; l++) {
      long bl = b + (long) l * COLUMNS * 8;
      long al = a + (long) l * ROWS * 8;
      DoubleVector b0 = DoubleVector.fromMemorySegment(S, Memory.ALL, bl, O);
      DoubleVector b1 = DoubleVector.fromMemorySegment(S, Memory.ALL, bl + N * 8, O);
      DoubleVector b2 = DoubleVector.fromMemorySegment(S, Memory.ALL, bl + N * 16, O);
      DoubleVector a0 = DoubleVector.broadcast(S, Memory.getDouble(al));
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      DoubleVector a1 = DoubleVector.broadcast(S, Memory.getDouble(al + 8));
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      DoubleVector a2 = DoubleVector.broadcast(S, Memory.getDouble(al + 16));
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      DoubleVector a3 = DoubleVector.broadcast(S, Memory.getDouble(al + 24));
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
    }
    c00.intoMemorySegment(Memory.ALL, tile, O);
    c01.intoMemorySegment(Memory.ALL, tile + N * 8, O);
    c02.intoMemorySegment(Memory.ALL, tile + N * 16, O);
    c10.intoMemorySegment(Memory.ALL, tile + N * 24, O);
    c11.intoMemorySegment(Memory.ALL, tile + N * 32, O);
    c12.intoMemorySegment(Memory.ALL, tile + N * 40, O);
    c20.intoMemorySegment(Memory.ALL, tile + N * 48, O);
    c21.intoMemorySegment(Memory.ALL, tile + N * 56, O);
    c22.intoMemorySegment(Memory.ALL, tile + N * 64, O);
    c30.intoMemorySegment(Memory.ALL, tile + N * 72, O);
    c31.intoMemorySegment(Memory.ALL, tile + N * 80, O);
    c32.intoMemorySegment(Memory.ALL, tile + N * 88, O);
  }

  @Override
  public void merge(long tile, int height, int width, double alpha, double beta, long c, int ldc) {
    for (int i = 0; i < height; i++) {
      long from = tile + (long) i * COLUMNS * 8;
      long to = c + 8L * i * ldc;
      int j = 0;
      for (; j <= width - N; j += N) {
        DoubleVector v = DoubleVector.fromMemorySegment(S, Memory.ALL, from + 8L * j, O).mul(alpha);
        if (beta != 0) {
          DoubleVector old = DoubleVector.fromMemorySegment(S, Memory.ALL, to + 8L * j, O);
          v = old.fma(DoubleVector.broadcast(S, beta), v);
        }
        v.intoMemorySegment(Memory.ALL, to + 8L * j, O);
      }
      for (; j < width; j++) {
        double v = Memory.getDouble(from + 8L * j) * alpha;
        double old = beta != 0 ? Memory.getDouble(to + 8L * j) : 0;
        Memory.putDouble(to + 8L * j, beta != 0 ? Math.fma(old, beta, v) : v);
      }
    }
  }

  @Override
  public void packRows(VectorGemm.Operand a, int i, int l, int height, int depth, long to) {
    long step = 8L * a.columnStride();
    for (int strip = 0; strip < height; strip += ROWS) {
      for (int r = 0; r < ROWS; r++) {
        boolean present = strip + r < height;
        long from = present ? a.at(i + strip + r, l) : 0;
        long at = to + 8L * ((long) strip * depth + r);
        for (int d = 0; d < depth; d++) {
          Memory.putDouble(at + 8L * ROWS * d, present ? Memory.getDouble(from + d * step) : 0);
        }
      }
    }
  }

  @Override
  public void packColumns(VectorGemm.Operand b, int l, int j, int depth, int width, long to) {
    for (int strip = 0; strip < width; strip += COLUMNS) {
      int present = Math.min(COLUMNS, width - strip);
      for (int d = 0; d < depth; d++) {
        long from = b.at(l + d, j + strip);
        long at = to + 8L * ((long) strip * depth + (long) d * COLUMNS);
        if (b.columnStride() == 1) {
          Memory.copy(from, at, 8L * present);
        } else {
          for (int q = 0; q < present; q++) {
            Memory.putDouble(at + 8L * q, Memory.getDouble(from + 8L * q * b.columnStride()));
          }
        }
        Memory.fill(at + 8L * present, 8L * (COLUMNS - present), (byte) 0);
      }
    }
  }
}
