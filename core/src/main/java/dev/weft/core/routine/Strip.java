package dev.weft.core.routine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/**
 * Some neighbouring lines, copied so that the elements of each lie side by side: reading lines one
 * by one would fetch a cache line for every element.
 */
final class Strip {
  /** Lines of a strip: a cache line of the widest elements, twice. */
  private static final int MOST = 16;

  private final Lines lines;
  private final MemorySegment memory;

  Strip(Lines lines) {
    this.lines = lines;
    long width = Math.min(MOST, lines.inner());
    int words = Math.toIntExact((width * lines.length() * lines.itemSize() + 7) / Long.BYTES);
    this.memory = MemorySegment.ofArray(new long[words]);
  }

  /** Whether lines are to be copied: where they do not lie side by side. */
  static boolean isNeeded(Lines lines) {
    return lines.inner() > 1;
  }

  /** How many lines from {@code line} on make a strip. */
  int width(long line) {
    return (int) Math.min(MOST, lines.inner() - line % lines.inner());
  }

  /** What holds the copies. */
  MemorySegment memory() {
    return memory;
  }

  /** The byte offset of the copy of a line, counted from the first of the strip. */
  long offset(int number) {
    return (long) number * lines.length() * lines.itemSize();
  }

  void load(MemorySegment from, long line) {
    copy(
        from,
        lines.offset(line),
        lines.step(),
        lines.itemSize(),
        memory,
        0,
        lines.itemSize(),
        offset(1),
        width(line));
  }

  void store(MemorySegment to, long line) {
    copy(
        memory,
        0,
        lines.itemSize(),
        offset(1),
        to,
        lines.offset(line),
        lines.step(),
        lines.itemSize(),
        width(line));
  }

  /**
   * A loop of its own: StridedCopy is as fast in the end, but takes seconds of such short rows
   * before it is (600 ns an element at first, this one 40).
   */
  private void copy(
      MemorySegment from,
      long source,
      long sourceRow,
      long sourceLine,
      MemorySegment to,
      long target,
      long targetRow,
      long targetLine,
      int width) {
    for (int row = 0; row < lines.length(); row++) {
      long in = source + row * sourceRow;
      long out = target + row * targetRow;
      for (int line = 0; line < width; line++, in += sourceLine, out += targetLine) {
        switch (lines.itemSize()) {
          case Byte.BYTES -> to.set(JAVA_BYTE, out, from.get(JAVA_BYTE, in));
          case Short.BYTES -> to.set(JAVA_SHORT_UNALIGNED, out, from.get(JAVA_SHORT_UNALIGNED, in));
          case Integer.BYTES -> to.set(JAVA_INT_UNALIGNED, out, from.get(JAVA_INT_UNALIGNED, in));
          case Long.BYTES -> to.set(JAVA_LONG_UNALIGNED, out, from.get(JAVA_LONG_UNALIGNED, in));
          default ->
              throw new IllegalArgumentException("elements of " + lines.itemSize() + " bytes");
        }
      }
    }
  }
}
