package dev.weft.cpu.tile;

import dev.weft.cpu.memory.Memory;

/** Copies between strided memory and dense tiles, for elements of 1, 2, 4 or 8 bytes. */
public final class TileCopy {
  /** Columns that a transposition takes together: one cache line of 8-byte elements. */
  private static final int COLUMNS = 8;

  private TileCopy() {}

  /**
   * Copies {@code n} elements that lie {@code fromStride} and then {@code toStride} bytes apart.
   */
  public static void run(long from, long fromStride, long to, long toStride, int n, int item) {
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
  public static void block(
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
    int done = 0;
    if (transposes && fromRow == item && toColumn == item && item >= 4) {
      done = columns & -COLUMNS;
      for (int c = 0; c < done; c += COLUMNS) {
        if (item == 8) {
          eightLongs(from + c * fromColumn, fromColumn, to + c * 8L, toRow, rows);
        } else {
          eightInts(from + c * fromColumn, fromColumn, to + c * 4L, toRow, rows);
        }
      }
    }
    for (int c = done; c < columns; c += step) {
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

  /** Eight columns, each without gaps, to eight elements of each row: full lines on both sides. */
  private static void eightLongs(long from, long column, long to, long toRow, int rows) {
    long c1 = from + column;
    long c2 = c1 + column;
    long c3 = c2 + column;
    long c4 = c3 + column;
    long c5 = c4 + column;
    long c6 = c5 + column;
    long c7 = c6 + column;
    for (long r = 0; r < rows; r++) {
      long at = 8 * r;
      long row = to + r * toRow;
      long v0 = Memory.getLong(from + at);
      long v1 = Memory.getLong(c1 + at);
      long v2 = Memory.getLong(c2 + at);
      long v3 = Memory.getLong(c3 + at);
      long v4 = Memory.getLong(c4 + at);
      long v5 = Memory.getLong(c5 + at);
      long v6 = Memory.getLong(c6 + at);
      long v7 = Memory.getLong(c7 + at);
      Memory.putLong(row, v0);
      Memory.putLong(row + 8, v1);
      Memory.putLong(row + 16, v2);
      Memory.putLong(row + 24, v3);
      Memory.putLong(row + 32, v4);
      Memory.putLong(row + 40, v5);
      Memory.putLong(row + 48, v6);
      Memory.putLong(row + 56, v7);
    }
  }

  /** Eight columns, each without gaps, to eight elements of each row: full lines on both sides. */
  private static void eightInts(long from, long column, long to, long toRow, int rows) {
    long c1 = from + column;
    long c2 = c1 + column;
    long c3 = c2 + column;
    long c4 = c3 + column;
    long c5 = c4 + column;
    long c6 = c5 + column;
    long c7 = c6 + column;
    for (long r = 0; r < rows; r++) {
      long at = 4 * r;
      long row = to + r * toRow;
      int v0 = Memory.getInt(from + at);
      int v1 = Memory.getInt(c1 + at);
      int v2 = Memory.getInt(c2 + at);
      int v3 = Memory.getInt(c3 + at);
      int v4 = Memory.getInt(c4 + at);
      int v5 = Memory.getInt(c5 + at);
      int v6 = Memory.getInt(c6 + at);
      int v7 = Memory.getInt(c7 + at);
      Memory.putInt(row, v0);
      Memory.putInt(row + 4, v1);
      Memory.putInt(row + 8, v2);
      Memory.putInt(row + 12, v3);
      Memory.putInt(row + 16, v4);
      Memory.putInt(row + 20, v5);
      Memory.putInt(row + 24, v6);
      Memory.putInt(row + 28, v7);
    }
  }
}
