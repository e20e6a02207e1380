package dev.weft.cpu.run;

import dev.weft.cpu.memory.Memory;

/** Copies between strided memory and dense tiles, for elements of 1, 2, 4 or 8 bytes. */
final class StridedCopy {
  /** Columns that a transposition takes together: one cache line of 8-byte elements. */
  private static final int COLUMNS = 8;

  private StridedCopy() {}

  /**
   * Copies {@code n} elements that lie {@code fromStride} and then {@code toStride} bytes apart.
   */
  static void run(long from, long fromStride, long to, long toStride, int n, int item) {
    if (fromStride == item && toStride == item && n >= 16) {
      Memory.copy(from, to, (long) n * item);
      return;
    }
    switch (item) {
      case 8 -> {
        for (int i = 0; i < n; i++) {
          Memory.putLong(to + i * toStride, Memory.getLong(from + i * fromStride));
        }
      }
      case 4 -> {
        for (int i = 0; i < n; i++) {
          Memory.putInt(to + i * toStride, Memory.getInt(from + i * fromStride));
        }
      }
      case 2 -> {
        for (int i = 0; i < n; i++) {
          Memory.putShort(to + i * toStride, Memory.getShort(from + i * fromStride));
        }
      }
      default -> {
        for (int i = 0; i < n; i++) {
          Memory.putByte(to + i * toStride, Memory.getByte(from + i * fromStride));
        }
      }
    }
  }

  /**
   * Copies a block of rows and columns. Where the side in memory has its rows closer together than
   * its columns, a few columns are taken at a time, so that whole cache lines are used.
   */
  static void block(
      long from,
      long fromRow,
      long fromColumn,
      long to,
      long toRow,
      long toColumn,
      int rows,
      int columns,
      int item) {
    boolean transposes =
        Math.abs(fromRow) < Math.abs(fromColumn) != Math.abs(toRow) < Math.abs(toColumn);
    int step = transposes ? COLUMNS : columns;
    for (int c = 0; c < columns; c += step) {
      int width = Math.min(step, columns - c);
      for (int r = 0; r < rows; r++) {
        run(
            from + r * fromRow + c * fromColumn,
            fromColumn,
            to + r * toRow + c * toColumn,
            toColumn,
            width,
            item);
      }
    }
  }
}
