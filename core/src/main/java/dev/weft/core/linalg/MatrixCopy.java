package dev.weft.core.linalg;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/**
 * Copies matrices between orders of elements, block by block, so that both sides stay in caches.
 */
record MatrixCopy(int itemSize, int rows, int columns) {
  private static final int EDGE = 32;

  /**
   * Copies the matrix.
   *
   * @param base the byte offset of its first element
   * @param rowStep elements from one row to the next
   * @param columnStep elements from one column to the next
   */
  void run(
      MemorySegment from,
      long base,
      long rowStep,
      long columnStep,
      MemorySegment to,
      long toBase,
      long toRowStep,
      long toColumnStep) {
    for (int row = 0; row < rows; row += EDGE) {
      int height = Math.min(EDGE, rows - row);
      for (int column = 0; column < columns; column += EDGE) {
        int width = Math.min(EDGE, columns - column);
        long source = base + itemSize * (row * rowStep + column * columnStep);
        long target = toBase + itemSize * (row * toRowStep + column * toColumnStep);
        for (int i = 0; i < height; i++) {
          line(
              width,
              from,
              source + itemSize * i * rowStep,
              itemSize * columnStep,
              to,
              target + itemSize * i * toRowStep,
              itemSize * toColumnStep);
        }
      }
    }
  }

  private void line(
      int count,
      MemorySegment from,
      long source,
      long step,
      MemorySegment to,
      long target,
      long toStep) {
    if (itemSize == Integer.BYTES) {
      for (int i = 0; i < count; i++) {
        int bits = from.get(JAVA_INT_UNALIGNED, source + i * step);
        to.set(JAVA_INT_UNALIGNED, target + i * toStep, bits);
      }
    } else if (itemSize == Long.BYTES) {
      for (int i = 0; i < count; i++) {
        long bits = from.get(JAVA_LONG_UNALIGNED, source + i * step);
        to.set(JAVA_LONG_UNALIGNED, target + i * toStep, bits);
      }
    } else {
      for (int i = 0; i < count; i++) {
        long re = from.get(JAVA_LONG_UNALIGNED, source + i * step);
        long im = from.get(JAVA_LONG_UNALIGNED, source + i * step + Long.BYTES);
        to.set(JAVA_LONG_UNALIGNED, target + i * toStep, re);
        to.set(JAVA_LONG_UNALIGNED, target + i * toStep + Long.BYTES, im);
      }
    }
  }
}
