package dev.weft.cpu.blas;

import dev.weft.cpu.memory.Memory;
import java.nio.ByteOrder;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/** Products of row-major int64 matrices, wrapping around, on the calling thread. */
public final class Int64Gemm {
  private static final VectorSpecies<Long> S = LongVector.SPECIES_PREFERRED;
  private static final int N = S.length();
  private static final ByteOrder O = Memory.ORDER;

  /** Columns taken at a time: their part of a row of C stays in the first cache. */
  private static final int COLUMNS = 512;

  private Int64Gemm() {}

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
      Memory.fill(c + 8L * i * cRow, 8L * n, (byte) 0);
    }
    if (bColumn != 1) {
      strided(m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, cRow);
      return;
    }
    for (int j = 0; j < n; j += COLUMNS) {
      int width = Math.min(COLUMNS, n - j);
      for (int i = 0; i < m; i++) {
        long to = c + 8L * (i * cRow + j);
        for (int l = 0; l < k; l++) {
          long factor = Memory.getLong(a + 8L * (i * aRow + l * aColumn));
          addScaled(factor, b + 8L * (l * bRow + j), to, width);
        }
      }
    }
  }

  private static void addScaled(long factor, long from, long to, int n) {
    int j = 0;
    for (; j <= n - N; j += N) {
      LongVector v = LongVector.fromMemorySegment(S, Memory.ALL, from + 8L * j, O);
      LongVector old = LongVector.fromMemorySegment(S, Memory.ALL, to + 8L * j, O);
      old.add(v.mul(factor)).intoMemorySegment(Memory.ALL, to + 8L * j, O);
    }
    for (; j < n; j++) {
      long v = Memory.getLong(from + 8L * j);
      Memory.putLong(to + 8L * j, Memory.getLong(to + 8L * j) + factor * v);
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
        long sum = 0;
        for (int l = 0; l < k; l++) {
          sum +=
              Memory.getLong(a + 8L * (i * aRow + l * aColumn))
                  * Memory.getLong(b + 8L * (l * bRow + j * bColumn));
        }
        Memory.putLong(c + 8L * (i * cRow + j), sum);
      }
    }
  }
}
