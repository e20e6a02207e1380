package dev.weft.cpu.blas;

import dev.weft.cpu.memory.Memory;
import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** Products of row-major int32 matrices, wrapping around, on the calling thread. */
public final class Int32Gemm {
  private static final VectorSpecies<Integer> S = IntVector.SPECIES_PREFERRED;
  private static final int N = S.length();
  private static final ByteOrder O = Memory.ORDER;

  /** Columns taken at a time: their part of a row of C stays in the first cache. */
  private static final int COLUMNS = 512;

  private Int32Gemm() {}

  /**
   * Writes {@code C = A B} for A m × k, B k × n, C m × n; strides in elements, so that a transposed
   * operand is one with its strides exchanged.
   */
  public static void multiply(
      int m,
      int n,
      int k,
      long a,
      long aRow,
      long aColumn,
      long b,
      long bRow,
      long bColumn,
      long c,
      long cRow) {
    for (int i = 0; i < m; i++) {
      Memory.fill(c + 4L * i * cRow, 4L * n, (byte) 0);
    }
    if (bColumn != 1) {
      strided(m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, cRow);
      return;
    }
    for (int j = 0; j < n; j += COLUMNS) {
      int width = Math.min(COLUMNS, n - j);
      for (int i = 0; i < m; i++) {
        long to = c + 4L * (i * cRow + j);
        for (int l = 0; l < k; l++) {
          int factor = Memory.getInt(a + 4L * (i * aRow + l * aColumn));
          addScaled(factor, b + 4L * (l * bRow + j), to, width);
        }
      }
    }
  }

  private static void addScaled(int factor, long from, long to, int n) {
    int j = 0;
    for (; j <= n - N; j += N) {
      IntVector v = IntVector.fromMemorySegment(S, Memory.ALL, from + 4L * j, O);
      IntVector old = IntVector.fromMemorySegment(S, Memory.ALL, to + 4L * j, O);
      old.add(v.mul(factor)).intoMemorySegment(Memory.ALL, to + 4L * j, O);
    }
    for (; j < n; j++) {
      int v = Memory.getInt(from + 4L * j);
      Memory.putInt(to + 4L * j, Memory.getInt(to + 4L * j) + factor * v);
    }
  }

  /** Inner products, for B stored by columns: both operands are then read along their storage. */
  private static void strided(
      int m,
      int n,
      int k,
      long a,
      long aRow,
      long aColumn,
      long b,
      long bRow,
      long bColumn,
      long c,
      long cRow) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        int sum = 0;
        for (int l = 0; l < k; l++) {
          sum +=
              Memory.getInt(a + 4L * (i * aRow + l * aColumn))
                  * Memory.getInt(b + 4L * (l * bRow + j * bColumn));
        }
        Memory.putInt(c + 4L * (i * cRow + j), sum);
      }
    }
  }
}
