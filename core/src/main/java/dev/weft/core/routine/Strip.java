package dev.weft.core.routine;

import dev.weft.core.device.StridedCopy;
import dev.weft.core.device.StridedCopy.Side;
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
    copy(line, there(from, line), here());
  }

  void store(MemorySegment to, long line) {
    copy(line, here(), there(to, line));
  }

  private Side there(MemorySegment array, long line) {
    return new Side(array, lines.offset(line), new long[] {lines.step(), lines.itemSize()});
  }

  private Side here() {
    return new Side(memory, 0, new long[] {lines.itemSize(), offset(1)});
  }

  private void copy(long line, Side from, Side to) {
    StridedCopy.copy(new long[] {lines.length(), width(line)}, lines.itemSize(), from, to);
  }
}
