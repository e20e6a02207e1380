package dev.weft.cpu.copy;

import dev.weft.cpu.memory.Memory;

/**
 * Squares of 8 × 8 elements, transposed in straight code: loops of eight steps would cost more than
 * what they do.
 */
final class TransposedSquare {
  /** Elements of a side. */
  static final int SIDE = 8;

  private TransposedSquare() {}

  /**
   * Copies a square whose source is contiguous along rows of the destination's columns: element (i,
   * j) lies at {@code from + i * bytes + j * fromColumn} and at {@code to + i * toRow + j * bytes}.
   */
  static void copy(int bytes, long from, long fromColumn, long to, long toRow) {
    switch (bytes) {
      case 8 -> copy8(from, fromColumn, to, toRow);
      case 4 -> copy4(from, fromColumn, to, toRow);
      case 2 -> copy2(from, fromColumn, to, toRow);
      case 1 -> copy1(from, fromColumn, to, toRow);
      default -> throw new IllegalArgumentException("copy: elements of " + bytes + " bytes");
    }
  }

  private static void copy8(long from, long s, long to, long toRow) {
    for (int i = 0; i < SIDE; i++) {
      long f = from + 8 * i;
      long t = to + i * toRow;
      long v0 = Memory.getLong(f);
      long v1 = Memory.getLong(f + s);
      long v2 = Memory.getLong(f + 2 * s);
      long v3 = Memory.getLong(f + 3 * s);
      long v4 = Memory.getLong(f + 4 * s);
      long v5 = Memory.getLong(f + 5 * s);
      long v6 = Memory.getLong(f + 6 * s);
      long v7 = Memory.getLong(f + 7 * s);
      Memory.putLong(t, v0);
      Memory.putLong(t + 8, v1);
      Memory.putLong(t + 16, v2);
      Memory.putLong(t + 24, v3);
      Memory.putLong(t + 32, v4);
      Memory.putLong(t + 40, v5);
      Memory.putLong(t + 48, v6);
      Memory.putLong(t + 56, v7);
    }
  }

  private static void copy4(long from, long s, long to, long toRow) {
    for (int i = 0; i < SIDE; i++) {
      long f = from + 4 * i;
      long t = to + i * toRow;
      int v0 = Memory.getInt(f);
      int v1 = Memory.getInt(f + s);
      int v2 = Memory.getInt(f + 2 * s);
      int v3 = Memory.getInt(f + 3 * s);
      int v4 = Memory.getInt(f + 4 * s);
      int v5 = Memory.getInt(f + 5 * s);
      int v6 = Memory.getInt(f + 6 * s);
      int v7 = Memory.getInt(f + 7 * s);
      Memory.putInt(t, v0);
      Memory.putInt(t + 4, v1);
      Memory.putInt(t + 8, v2);
      Memory.putInt(t + 12, v3);
      Memory.putInt(t + 16, v4);
      Memory.putInt(t + 20, v5);
      Memory.putInt(t + 24, v6);
      Memory.putInt(t + 28, v7);
    }
  }

  private static void copy2(long from, long s, long to, long toRow) {
    for (int i = 0; i < SIDE; i++) {
      long f = from + 2 * i;
      long t = to + i * toRow;
      short v0 = Memory.getShort(f);
      short v1 = Memory.getShort(f + s);
      short v2 = Memory.getShort(f + 2 * s);
      short v3 = Memory.getShort(f + 3 * s);
      short v4 = Memory.getShort(f + 4 * s);
      short v5 = Memory.getShort(f + 5 * s);
      short v6 = Memory.getShort(f + 6 * s);
      short v7 = Memory.getShort(f + 7 * s);
      Memory.putShort(t, v0);
      Memory.putShort(t + 2, v1);
      Memory.putShort(t + 4, v2);
      Memory.putShort(t + 6, v3);
      Memory.putShort(t + 8, v4);
      Memory.putShort(t + 10, v5);
      Memory.putShort(t + 12, v6);
      Memory.putShort(t + 14, v7);
    }
  }

  private static void copy1(long from, long s, long to, long toRow) {
    for (int i = 0; i < SIDE; i++) {
      long f = from + 1 * i;
      long t = to + i * toRow;
      byte v0 = Memory.getByte(f);
      byte v1 = Memory.getByte(f + s);
      byte v2 = Memory.getByte(f + 2 * s);
      byte v3 = Memory.getByte(f + 3 * s);
      byte v4 = Memory.getByte(f + 4 * s);
      byte v5 = Memory.getByte(f + 5 * s);
      byte v6 = Memory.getByte(f + 6 * s);
      byte v7 = Memory.getByte(f + 7 * s);
      Memory.putByte(t, v0);
      Memory.putByte(t + 1, v1);
      Memory.putByte(t + 2, v2);
      Memory.putByte(t + 3, v3);
      Memory.putByte(t + 4, v4);
      Memory.putByte(t + 5, v5);
      Memory.putByte(t + 6, v6);
      Memory.putByte(t + 7, v7);
    }
  }
}
