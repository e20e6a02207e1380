package dev.weft.cpu.reduce;

import dev.weft.cpu.memory.Memory;

/**
 * Value and index of the first extreme in float64, or of the first NaN.
 *
 * <p>Zeros of both signs are equal here, so the first of them counts, unlike for {@link
 * ReduceKind#MIN}; the value is that of the element found.
 */
record FloatingArgReducer(ReduceKind kind, Element element, DoubleKernel kernel)
    implements BlockReducer {
  @Override
  public int planes() {
    return 2;
  }

  @Override
  public int elementBytes() {
    return element.bytes();
  }

  @Override
  public void reduce(long address, int n, long firstIndex, long partial) {
    if (n == 0) {
      throw new IllegalArgumentException(kind + " of no elements is not defined");
    }
    int index = kernel.indexOf(address, n, kernel.reduce(address, n, 0));
    double value = DoubleLoad.of(element).load(address + (long) index * element.bytes());
    Memory.putDouble(partial, DoubleOp.canonical(value));
    Memory.putLong(partial + 8, firstIndex + index);
  }

  @Override
  public long scratchBytes(int columns) {
    return 16L * columns;
  }

  /** Whether a later value takes the place of an earlier one. */
  private boolean beats(double later, double earlier) {
    boolean beyond = kind == ReduceKind.ARGMIN ? later < earlier : later > earlier;
    return beyond || (Double.isNaN(later) && !Double.isNaN(earlier));
  }

  @Override
  public void accumulateRow(int row, long address, int columns, long scratch) {
    DoubleLoad load = DoubleLoad.of(element);
    long indices = scratch + 8L * columns;
    for (int c = 0; c < columns; c++) {
      double value = load.load(address + (long) c * load.bytes);
      if (row == 0 || beats(value, Memory.getDouble(scratch + 8L * c))) {
        Memory.putDouble(scratch + 8L * c, DoubleOp.canonical(value));
        Memory.putLong(indices + 8L * c, row);
      }
    }
  }

  @Override
  public void finishBlock(
      int rows, int columns, long firstIndex, long scratch, long partial, long planeStride) {
    Memory.copy(scratch, partial, 8L * columns);
    for (int c = 0; c < columns; c++) {
      long row = Memory.getLong(scratch + 8L * (columns + c));
      Memory.putLong(partial + planeStride + 8L * c, firstIndex + row);
    }
  }

  @Override
  public void combine(long left, long right, long result, int columns) {
    for (int c = 0; c < columns; c++) {
      long value = 8L * c;
      long index = 8L * (columns + c);
      boolean later = beats(Memory.getDouble(right + value), Memory.getDouble(left + value));
      long from = later ? right : left;
      Memory.putLong(result + value, Memory.getLong(from + value));
      Memory.putLong(result + index, Memory.getLong(from + index));
    }
  }
}
