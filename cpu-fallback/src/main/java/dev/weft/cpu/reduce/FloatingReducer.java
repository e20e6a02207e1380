package dev.weft.cpu.reduce;

import dev.weft.cpu.memory.Memory;

/** Sums, products and extremes in float64. */
record FloatingReducer(Element element, DoubleKernel kernel) implements BlockReducer {
  @Override
  public int planes() {
    return 1;
  }

  @Override
  public int elementBytes() {
    return element.bytes();
  }

  @Override
  public void reduce(long address, int n, long firstIndex, long partial) {
    Memory.putDouble(partial, kernel.reduce(address, n, 0));
  }

  @Override
  public long scratchBytes(int columns) {
    return 8L * LANES * columns;
  }

  @Override
  public void accumulateRow(int row, long address, int columns, long scratch) {
    kernel.accumulateRow(row, address, columns, scratch, 0);
  }

  @Override
  public void finishBlock(
      int rows, int columns, long firstIndex, long scratch, long partial, long planeStride) {
    kernel.finish(rows, columns, scratch);
    Memory.copy(scratch, partial, 8L * columns);
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
    for (int from = 0; from < columns; from += STRIP) {
      int width = Math.min(STRIP, columns - from);
      long at = address + (long) from * elementBytes();
      kernel.reduceRows(at, rowStride, rows, width, scratch, 0);
      Memory.copy(scratch, partial + 8L * from, 8L * width);
    }
  }

  @Override
  public void combine(long left, long right, long result, int columns) {
    kernel.combine(left, right, result, columns);
  }
}
