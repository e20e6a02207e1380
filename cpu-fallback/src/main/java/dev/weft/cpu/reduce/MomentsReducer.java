package dev.weft.cpu.reduce;

import dev.weft.cpu.memory.Memory;

/**
 * Count, mean and sum of squared deviations, of a block in two passes over it.
 *
 * <p>Partial results meet by the formula of Chan, Golub and LeVeque (1983): with d = mean b - mean
 * a, the mean is {@code mean a + d * (nb / n)} and the sum {@code (M2a + M2b) + d * d * (na * nb /
 * n)}.
 */
record MomentsReducer(Element element, DoubleKernel sums, DoubleKernel squares)
    implements BlockReducer {
  /** Columns of a block that the second pass should still find in the second cache. */
  private static final int CACHED_STRIP = 64;

  @Override
  public int planes() {
    return 3;
  }

  @Override
  public int elementBytes() {
    return element.bytes();
  }

  @Override
  public void reduce(long address, int n, long firstIndex, long partial) {
    double mean = n == 0 ? 0 : DoubleOp.canonical(sums.reduce(address, n, 0) / n);
    Memory.putDouble(partial, n);
    Memory.putDouble(partial + 8, mean);
    Memory.putDouble(partial + 16, squares.reduce(address, n, mean));
  }

  @Override
  public long scratchBytes(int columns) {
    return 8L * LANES * columns;
  }

  @Override
  public void accumulateRow(int row, long address, int columns, long scratch) {
    throw new UnsupportedOperationException(
        "moments of columns need two passes over the rows of a block; use reduceColumns");
  }

  @Override
  public void finishBlock(
      int rows, int columns, long firstIndex, long scratch, long partial, long planeStride) {
    accumulateRow(0, 0, columns, scratch);
  }

  @Override
  public void reduceColumns(
      long address,
      long rowStride,
      int rows,
      int columns,
      long firstIndex,
      long scratch,
      long partial) {
    for (int from = 0; from < columns; from += CACHED_STRIP) {
      int width = Math.min(CACHED_STRIP, columns - from);
      long counts = partial + 8L * from;
      long means = counts + 8L * columns;
      long at = address + (long) from * elementBytes();
      sums.reduceRows(at, rowStride, rows, width, scratch, 0);
      for (int c = 0; c < width; c++) {
        double mean = Memory.getDouble(scratch + 8L * c) / rows;
        Memory.putDouble(counts + 8L * c, rows);
        Memory.putDouble(means + 8L * c, DoubleOp.canonical(mean));
      }
      squares.reduceRows(at, rowStride, rows, width, scratch, means);
      Memory.copy(scratch, means + 8L * columns, 8L * width);
    }
  }

  @Override
  public void combine(long left, long right, long result, int columns) {
    long plane = 8L * columns;
    for (long c = 0; c < plane; c += 8) {
      double na = Memory.getDouble(left + c);
      double nb = Memory.getDouble(right + c);
      double ma = Memory.getDouble(left + plane + c);
      double mb = Memory.getDouble(right + plane + c);
      double sa = Memory.getDouble(left + 2 * plane + c);
      double sb = Memory.getDouble(right + 2 * plane + c);
      double n = na + nb;
      double d = mb - ma;
      double mean = nb == 0 ? ma : na == 0 ? mb : ma + d * (nb / n);
      double sum = nb == 0 ? sa : na == 0 ? sb : sa + sb + d * d * (na * nb / n);
      Memory.putDouble(result + c, n);
      Memory.putDouble(result + plane + c, DoubleOp.canonical(mean));
      Memory.putDouble(result + 2 * plane + c, DoubleOp.canonical(sum));
    }
  }
}
