package dev.weft.cpu.blas;

/** The innermost product, in registers, and the packing that feeds it. */
interface GemmTile {
  /** Rows of a tile. */
  int ROWS = 4;

  /** Columns of a tile: three vectors. */
  int columns();

  /**
   * Writes the product of a strip of A, packed as depth groups of {@link #ROWS}, and a strip of B,
   * packed as depth groups of {@link #columns}, to {@code tile}, row after row.
   */
  void multiply(int depth, long a, long b, long tile);

  /**
   * Writes {@code alpha tile + beta C} to the upper left part of a tile in C; with beta 0, C is not
   * read.
   *
   * @param ldc elements from one row of C to the next
   */
  void merge(long tile, int height, int width, double alpha, double beta, long c, int ldc);

  /** Packs rows [i, i + height) × columns [l, l + depth) in strips of {@link #ROWS} rows. */
  void packRows(VectorGemm.Operand a, int i, int l, int height, int depth, long to);

  /** Packs rows [l, l + depth) × columns [j, j + width) in strips of {@link #columns} columns. */
  void packColumns(VectorGemm.Operand b, int l, int j, int depth, int width, long to);
}
