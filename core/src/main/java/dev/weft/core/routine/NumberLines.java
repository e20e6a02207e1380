package dev.weft.core.routine;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.Block;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines of real numbers in a block, float32 or float64, read and written as doubles. A block may
 * hold real and imaginary parts along its first axis: then lines of one of both.
 */
final class NumberLines {
  private final Block block;
  private final Lines lines;
  private final long first;
  private final long count;
  private final float[] narrow;

  private NumberLines(Block block, Lines lines, long first, long count) {
    this.block = block;
    this.lines = lines;
    this.first = first;
    this.count = count;
    boolean single = block.dtype() == DType.FLOAT32;
    this.narrow = new float[single ? Math.toIntExact(Math.max(64, lines.length())) : 0];
  }

  /** The lines along an axis of the block. */
  static NumberLines of(Block block, int axis) {
    Lines lines = Lines.of(block, axis);
    return new NumberLines(block, lines, 0, lines.count());
  }

  /**
   * Real and imaginary parts, which lie along the first axis; {@code axis} is the next but so many.
   */
  static List<NumberLines> both(Block block, int axis) {
    Lines all = Lines.of(block, axis + 1);
    long half = all.count() / 2;
    return List.of(new NumberLines(block, all, 0, half), new NumberLines(block, all, half, half));
  }

  /** Real and imaginary parts: two blocks, or one in which they lie along the first axis. */
  static List<NumberLines> parts(List<Block> blocks, int axis, boolean stacked) {
    if (stacked) {
      return both(blocks.getFirst(), axis);
    }
    List<NumberLines> parts = new ArrayList<>();
    blocks.forEach(block -> parts.add(of(block, axis)));
    return parts;
  }

  /** Elements of a line. */
  int length() {
    return Math.toIntExact(lines.length());
  }

  /** Whether the elements of a line lie side by side. */
  boolean isDense() {
    return lines.inner() == 1;
  }

  /** How many lines there are. */
  long lineCount() {
    return count;
  }

  /** The first elements of some lines, each in an array. */
  void readLines(long line, double[][] to, int count, int elements) {
    if (isDense()) {
      for (int i = 0; i < count; i++) {
        read(lines.offset(first + line + i), to[i], 0, elements);
      }
      return;
    }
    double[] across = new double[count];
    for (int k = 0; k < elements; k++) {
      readRow(line, k, across, count);
      for (int i = 0; i < count; i++) {
        to[i][k] = across[i];
      }
    }
  }

  /** The first elements of some lines, from an array each. */
  void writeLines(long line, double[][] from, int count, int elements) {
    if (isDense()) {
      for (int i = 0; i < count; i++) {
        write(lines.offset(first + line + i), from[i], 0, elements);
      }
      return;
    }
    double[] across = new double[count];
    for (int k = 0; k < elements; k++) {
      for (int i = 0; i < count; i++) {
        across[i] = from[i][k];
      }
      writeRow(line, k, across, count);
    }
  }

  /** Element k of so many neighbouring lines. */
  void readRow(long line, int k, double[] to, int count) {
    for (int at = 0; at < count; ) {
      int together = together(line + at, count - at);
      read(lines.offset(first + line + at) + k * lines.step(), to, at, together);
      at += together;
    }
  }

  /** Element k of so many neighbouring lines. */
  void writeRow(long line, int k, double[] from, int count) {
    for (int at = 0; at < count; ) {
      int together = together(line + at, count - at);
      write(lines.offset(first + line + at) + k * lines.step(), from, at, together);
      at += together;
    }
  }

  /** How many lines lie side by side from one on. */
  private int together(long line, int most) {
    return (int) Math.min(most, lines.inner() - (first + line) % lines.inner());
  }

  private void read(long offset, double[] to, int at, int count) {
    MemorySegment memory = block.memory();
    if (narrow.length == 0) {
      MemorySegment.copy(memory, JAVA_DOUBLE_UNALIGNED, offset, to, at, count);
      return;
    }
    MemorySegment.copy(memory, JAVA_FLOAT_UNALIGNED, offset, narrow, 0, count);
    for (int i = 0; i < count; i++) {
      to[at + i] = narrow[i];
    }
  }

  private void write(long offset, double[] from, int at, int count) {
    MemorySegment memory = block.memory();
    if (narrow.length == 0) {
      MemorySegment.copy(from, at, memory, JAVA_DOUBLE_UNALIGNED, offset, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      narrow[i] = (float) from[at + i];
    }
    MemorySegment.copy(narrow, 0, memory, JAVA_FLOAT_UNALIGNED, offset, count);
  }
}
