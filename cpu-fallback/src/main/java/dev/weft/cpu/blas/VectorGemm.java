package dev.weft.cpu.blas;

import dev.weft.cpu.memory.BufferPool;
import dev.weft.cpu.memory.PooledBuffer;
import dev.weft.cpu.vector.Lanes;
import dev.weft.cpu.vector.Specialization;
import java.lang.invoke.MethodHandles;

/**
 * Products on the Vector API, blocked as in Goto and van de Geijn (2008): packed strips of A and B
 * meet in tiles of registers.
 *
 * <p>A strip of B stays in the first cache while strips of a block of A, which fits the second,
 * pass by it. Packing fills up incomplete strips with zeros, so that one tile kernel serves all.
 */
public final class VectorGemm implements Gemm {
  /** Depth of a packed strip: four rows of A and a strip of B fit the first cache together. */
  private static final int DEPTH = 192;

  /** Rows of a packed block of A: with {@link #DEPTH} columns, a fifth of the second cache. */
  private static final int ROWS = 192;

  /** Columns of a packed block of B. */
  private static final int COLUMNS = 1536;

  private final BufferPool pool;
  private final GemmTile tile64;
  private final GemmTile tile32;

  /** Products on vectors of a width; packed blocks come from a pool. */
  public VectorGemm(Lanes lanes, BufferPool pool) {
    this.pool = pool;
    MethodHandles.Lookup here = MethodHandles.lookup();
    tile64 = Specialization.of(here, Float64Tile.class, GemmTile.class, lanes);
    tile32 = Specialization.of(here, Float32Tile.class, GemmTile.class, lanes);
  }

  @Override
  public void float64(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      double alpha,
      long a,
      int lda,
      long b,
      int ldb,
      double beta,
      long c,
      int ldc) {
    multiply(
        tile64,
        new Operand(a, 8, transposeA ? 1 : lda, transposeA ? lda : 1),
        new Operand(b, 8, transposeB ? 1 : ldb, transposeB ? ldb : 1),
        new Product(m, n, k, alpha, beta, c, ldc));
  }

  @Override
  public void float32(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      float alpha,
      long a,
      int lda,
      long b,
      int ldb,
      float beta,
      long c,
      int ldc) {
    multiply(
        tile32,
        new Operand(a, 4, transposeA ? 1 : lda, transposeA ? lda : 1),
        new Operand(b, 4, transposeB ? 1 : ldb, transposeB ? ldb : 1),
        new Product(m, n, k, alpha, beta, c, ldc));
  }

  /** A matrix to be packed; strides in elements. */
  record Operand(long address, int bytes, int rowStride, int columnStride) {
    long at(int row, int column) {
      return address + bytes * ((long) row * rowStride + (long) column * columnStride);
    }
  }

  /** Extents, factors and result of a product. */
  private record Product(int m, int n, int k, double alpha, double beta, long c, int ldc) {}

  private void multiply(GemmTile kernel, Operand a, Operand b, Product p) {
    if (p.m == 0 || p.n == 0) {
      return;
    }
    int strip = kernel.columns();
    int depth = Math.min(DEPTH, Math.max(p.k, 1));
    int rows = Math.min(ROWS, roundUp(p.m, GemmTile.ROWS));
    int columns = Math.min(roundUp(COLUMNS, strip), roundUp(p.n, strip));
    long bytesA = (long) rows * depth * a.bytes;
    long bytesB = (long) columns * depth * b.bytes;
    long bytesTile = (long) GemmTile.ROWS * strip * a.bytes;
    long offsetB = (bytesA + 63) & -64;
    long offsetTile = offsetB + ((bytesB + 63) & -64);
    try (PooledBuffer packed = pool.allocate(offsetTile + bytesTile)) {
      long packedA = packed.address();
      for (int j = 0; j < p.n; j += columns) {
        int width = Math.min(columns, p.n - j);
        int l = 0;
        do {
          int thick = Math.min(depth, p.k - l);
          double beta = l == 0 ? p.beta : 1;
          kernel.packColumns(b, l, j, thick, width, packedA + offsetB);
          for (int i = 0; i < p.m; i += rows) {
            int height = Math.min(rows, p.m - i);
            kernel.packRows(a, i, l, height, thick, packedA);
            Block block = new Block(height, width, thick, p.alpha, beta, p.ldc);
            long c = p.c + a.bytes * ((long) i * p.ldc + j);
            block(kernel, block, packedA, packedA + offsetB, packedA + offsetTile, c, a.bytes);
          }
          l += thick;
        } while (l < p.k);
      }
    }
  }

  private record Block(int rows, int columns, int depth, double alpha, double beta, int ldc) {}

  private static void block(
      GemmTile kernel, Block block, long a, long b, long tile, long c, int bytes) {
    int strip = kernel.columns();
    for (int j = 0; j < block.columns; j += strip) {
      long bj = b + (long) j * block.depth * bytes;
      int width = Math.min(strip, block.columns - j);
      for (int i = 0; i < block.rows; i += GemmTile.ROWS) {
        long ai = a + (long) i * block.depth * bytes;
        long cij = c + bytes * ((long) i * block.ldc + j);
        int height = Math.min(GemmTile.ROWS, block.rows - i);
        kernel.multiply(block.depth, ai, bj, tile);
        kernel.merge(tile, height, width, block.alpha, block.beta, cij, block.ldc);
      }
    }
  }

  private static int roundUp(int value, int step) {
    return (value + step - 1) / step * step;
  }

  @Override
  public String describe() {
    return "Vector API, tiles of %d x %d float64".formatted(GemmTile.ROWS, tile64.columns());
  }
}
