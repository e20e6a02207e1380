package dev.weft.cpu.reduce;

import dev.weft.cpu.memory.Memory;

/** Value and index of the first extreme in int64. */
record IntegerArgReducer(ReduceKind kind, Element element, LongKernel kernel)
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
    long value = kernel.reduce(address, n);
    Memory.putLong(partial, value);
    Memory.putLong(partial + 8, firstIndex + kernel.indexOf(address, n, value));
  }

  @Override
  public long scratchBytes(int columns) {
    return 16L * columns;
  }

  /** Whether a later value takes the place of an earlier one. */
  private boolean beats(long later, long earlier) {
    return kind == ReduceKind.ARGMIN ? later < earlier : later > earlier;
  }

  @Override
  public void accumulateRow(int row, long address, int columns, long scratch) {
    LongLoad load = LongLoad.of(element);
    long indices = scratch + 8L * columns;
    for (int c = 0; c < columns; c++) {
      long value = load.load(address + (long) c * load.bytes);
      if (row == 0 || beats(value, Memory.getLong(scratch + 8L * c))) {
        Memory.putLong(scratch + 8L * c, value);
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
      boolean later = beats(Memory.getLong(right + value), Memory.getLong(left + value));
      long from = later ? right : left;
      Memory.putLong(result + value, Memory.getLong(from + value));
      Memory.putLong(result + index, Memory.getLong(from + index));
    }
  }
}
