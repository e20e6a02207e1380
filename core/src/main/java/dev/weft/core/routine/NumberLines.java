package dev.weft.core.routine;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.Block;
import dev.weft.core.fourier.Columns;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Lines of the real or imaginary parts of numbers in a block, read and written as doubles. Complex
 * numbers are two blocks of real ones, or one block of complex ones; those that are written are one
 * block in which the parts lie along the first axis.
 */
final class NumberLines {
  private final Block block;
  private final Lines lines;
  private final long first;
  private final long count;

  /** Parts of a number in the block, and which of them is read. */
  private final int parts;

  private final int part;
  private final float[] narrow;
  private final double[] wide;

  private NumberLines(Block block, Lines lines, long first, long count, int part) {
    this.block = block;
    this.lines = lines;
    this.first = first;
    this.count = count;
    this.parts = block.dtype().isComplex() ? 2 : 1;
    this.part = part;
    int most = parts * Math.toIntExact(Math.max(Columns.MOST, lines.length()));
    this.narrow = new float[block.dtype().part() == DType.FLOAT32 ? most : 0];
    this.wide = new double[parts == 2 && narrow.length == 0 ? most : 0];
  }

  private static NumberLines of(Block block, int axis, int part) {
    Lines lines = Lines.of(block, axis);
    return new NumberLines(block, lines, 0, lines.count(), part);
  }

  /** The numbers that are read, along an axis: real ones, or real and imaginary parts. */
  static List<NumberLines> inputs(List<Block> blocks, int axis) {
    Block block = blocks.getFirst();
    if (block.dtype().isComplex()) {
      return List.of(of(block, axis, 0), of(block, axis, 1));
    }
    return blocks.stream().map(each -> of(each, axis, 0)).toList();
  }

  /** The numbers that are written. */
  static List<NumberLines> outputs(Block block, int axis, boolean complex) {
    if (!complex) {
      return List.of(of(block, axis, 0));
    }
    Lines all = Lines.of(block, axis + 1);
    long half = all.count() / 2;
    return List.of(
        new NumberLines(block, all, 0, half, 0), new NumberLines(block, all, half, half, 0));
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
  int together(long line, int most) {
    return (int) Math.min(most, lines.inner() - within(line));
  }

  /** Which of those that lie side by side a line is. */
  long within(long line) {
    return (first + line) % lines.inner();
  }

  private void read(long offset, double[] to, int at, int count) {
    MemorySegment memory = block.memory();
    if (narrow.length > 0) {
      MemorySegment.copy(memory, JAVA_FLOAT_UNALIGNED, offset, narrow, 0, parts * count);
      for (int i = 0; i < count; i++) {
        to[at + i] = narrow[parts * i + part];
      }
    } else if (wide.length > 0) {
      MemorySegment.copy(memory, JAVA_DOUBLE_UNALIGNED, offset, wide, 0, parts * count);
      for (int i = 0; i < count; i++) {
        to[at + i] = wide[parts * i + part];
      }
    } else {
      MemorySegment.copy(memory, JAVA_DOUBLE_UNALIGNED, offset, to, at, count);
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
