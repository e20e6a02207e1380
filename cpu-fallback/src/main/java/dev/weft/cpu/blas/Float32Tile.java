package dev.weft.cpu.blas;

import dev.weft.cpu.memory.Memory;
import dev.weft.cpu.vector.Lanes;
import dev.weft.cpu.vector.Specialization;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Tiles of float32; the template of a class for each width. */
final class Float32Tile implements GemmTile {
  private static final VectorSpecies<Float> S =
      Specialization.constant(MethodHandles.lookup(), Lanes.class).float32();
  private static final int N = S.length();
  private static final int COLUMNS = 3 * N;
  private static final ByteOrder O = Memory.ORDER;

  Float32Tile() {}

  @Override
  public int columns() {
    return COLUMNS;
  }

  @Override
  public void multiply(int depth, long a, long b, long tile) {
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c01 = FloatVector.zero(S);
    FloatVector c02 = FloatVector.zero(S);
    FloatVector c10 = FloatVector.zero(S);
    FloatVector c11 = FloatVector.zero(S);
    FloatVector c12 = FloatVector.zero(S);
    FloatVector c20 = FloatVector.zero(S);
    FloatVector c21 = FloatVector.zero(S);
    FloatVector c22 = FloatVector.zero(S);
    FloatVector c30 = FloatVector.zero(S);
    FloatVector c31 = FloatVector.zero(S);
    FloatVector c32 = FloatVector.zero(S);
    for (int l = 0; l < depth; l++) {
      long bl = b + (long) l * COLUMNS * 4;
      long al = a + (long) l * ROWS * 4;
      FloatVector b0 = FloatVector.fromMemorySegment(S, Memory.ALL, bl, O);
      FloatVector b1 = FloatVector.fromMemorySegment(S, Memory.ALL, bl + N * 4, O);
      FloatVector b2 = FloatVector.fromMemorySegment(S, Memory.ALL, bl + N * 8, O);
      FloatVector a0 = FloatVector.broadcast(S, Memory.getFloat(al));
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      FloatVector a1 = FloatVector.broadcast(S, Memory.getFloat(al + 4));
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      FloatVector a2 = FloatVector.broadcast(S, Memory.getFloat(al + 8));
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      FloatVector a3 = FloatVector.broadcast(S, Memory.getFloat(al + 12));
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
    }
    c00.intoMemorySegment(Memory.ALL, tile, O);
    c01.intoMemorySegment(Memory.ALL, tile + N * 4, O);
    c02.intoMemorySegment(Memory.ALL, tile + N * 8, O);
    c10.intoMemorySegment(Memory.ALL, tile + N * 12, O);
    c11.intoMemorySegment(Memory.ALL, tile + N * 16, O);
    c12.intoMemorySegment(Memory.ALL, tile + N * 20, O);
    c20.intoMemorySegment(Memory.ALL, tile + N * 24, O);
    c21.intoMemorySegment(Memory.ALL, tile + N * 28, O);
    c22.intoMemorySegment(Memory.ALL, tile + N * 32, O);
    c30.intoMemorySegment(Memory.ALL, tile + N * 36, O);
    c31.intoMemorySegment(Memory.ALL, tile + N * 40, O);
    c32.intoMemorySegment(Memory.ALL, tile + N * 44, O);
  }

  @Override
  public void merge(long tile, int height, int width, double alpha, double beta, long c, int ldc) {
    for (int i = 0; i < height; i++) {
      long from = tile + (long) i * COLUMNS * 4;
      long to = c + 4L * i * ldc;
      int j = 0;
      for (; j <= width - N; j += N) {
        FloatVector v =
            FloatVector.fromMemorySegment(S, Memory.ALL, from + 4L * j, O).mul((float) alpha);
        if (beta != 0) {
          FloatVector old = FloatVector.fromMemorySegment(S, Memory.ALL, to + 4L * j, O);
          v = old.fma(FloatVector.broadcast(S, (float) beta), v);
        }
        v.intoMemorySegment(Memory.ALL, to + 4L * j, O);
      }
      for (; j < width; j++) {
        float v = Memory.getFloat(from + 4L * j) * (float) alpha;
        float old = beta != 0 ? Memory.getFloat(to + 4L * j) : 0;
        Memory.putFloat(to + 4L * j, beta != 0 ? Math.fma(old, (float) beta, v) : v);
      }
    }
  }

  @Override
  public void packRows(VectorGemm.Operand a, int i, int l, int height, int depth, long to) {
    long step = 4L * a.columnStride();
    for (int strip = 0; strip < height; strip += ROWS) {
      for (int r = 0; r < ROWS; r++) {
        boolean present = strip + r < height;
        long from = present ? a.at(i + strip + r, l) : 0;
        long at = to + 4L * ((long) strip * depth + r);
        for (int d = 0; d < depth; d++) {
          Memory.putFloat(at + 4L * ROWS * d, present ? Memory.getFloat(from + d * step) : 0);
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
        long at = to + 4L * ((long) strip * depth + (long) d * COLUMNS);
        if (b.columnStride() == 1) {
          Memory.copy(from, at, 4L * present);
        } else {
          for (int q = 0; q < present; q++) {
            Memory.putFloat(at + 4L * q, Memory.getFloat(from + 4L * q * b.columnStride()));
          }
        }
        Memory.fill(at + 4L * present, 4L * (COLUMNS - present), (byte) 0);
      }
    }
  }
}
