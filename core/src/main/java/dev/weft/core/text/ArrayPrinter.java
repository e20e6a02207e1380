package dev.weft.core.text;

import dev.weft.core.dtype.DType;
import dev.weft.core.shape.Shape;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Text of an array as NumPy's {@code str} gives it with its default options: more than 1,000
 * elements are shown by the first and last 3 of each axis, columns are aligned, lines end at 75.
 */
public final class ArrayPrinter {
  private static final long THRESHOLD = 1000;
  private static final int EDGE = 3;
  private static final int LINE_WIDTH = 75;
  private static final String DOTS = "...";

  private final Extents shape;
  private final List<String> words;
  private final boolean abbreviated;
  private int next;

  /** Extents and what is shown of each axis. */
  private record Extents(long[] extents, boolean abbreviated) {
    boolean cut(int axis) {
      return abbreviated && extents[axis] > 2 * EDGE;
    }

    int shown(int axis) {
      return cut(axis) ? 2 * EDGE : (int) extents[axis];
    }
  }

  private ArrayPrinter(Extents shape, List<String> words) {
    this.shape = shape;
    this.words = words;
    this.abbreviated = shape.abbreviated;
  }

  /** The text of dense elements in C order. */
  public static String print(MemorySegment memory, DType dtype, Shape shape) {
    if (shape.rank() == 0) {
      return scalar(dtype, memory);
    }
    if (shape.size() == 0) {
      return "[]";
    }
    Extents extents = new Extents(shape.extents(), shape.size() > THRESHOLD);
    List<Long> positions = new ArrayList<>();
    collect(extents, shape.strides(), 0, 0, positions);
    long[] shown = positions.stream().mapToLong(Long::longValue).toArray();
    StringBuilder text = new StringBuilder();
    new ArrayPrinter(extents, words(dtype, memory, shown)).print(0, " ", LINE_WIDTH, text);
    return text.toString();
  }

  private static void collect(
      Extents shape, long[] strides, int axis, long position, List<Long> positions) {
    if (axis == strides.length) {
      positions.add(position);
      return;
    }
    int shown = shape.shown(axis);
    for (int i = 0; i < shown; i++) {
      long index = shape.cut(axis) && i >= EDGE ? shape.extents[axis] - shown + i : i;
      collect(shape, strides, axis + 1, position + index * strides[axis], positions);
    }
  }

  private static String scalar(DType dtype, MemorySegment memory) {
    return switch (dtype.kind()) {
      case FLOATING -> FloatFormat.scalar(Elements.doubleAt(memory, dtype, 0), dtype);
      case COMPLEX -> ComplexText.scalar(memory, dtype);
      default -> integer(dtype, Elements.integerAt(memory, dtype, 0));
    };
  }

  private static List<String> words(DType dtype, MemorySegment memory, long[] shown) {
    return switch (dtype.kind()) {
      case FLOATING -> {
        double[] values = new double[shown.length];
        for (int i = 0; i < shown.length; i++) {
          values[i] = Elements.doubleAt(memory, dtype, shown[i]);
        }
        yield FloatFormat.words(values, dtype, false);
      }
      case COMPLEX -> ComplexText.words(memory, dtype, shown);
      default -> {
        List<String> words = new ArrayList<>(shown.length);
        for (long position : shown) {
          words.add(integer(dtype, Elements.integerAt(memory, dtype, position)));
        }
        yield aligned(words, dtype == DType.BOOL ? "False".length() : 0);
      }
    };
  }

  private static String integer(DType dtype, long value) {
    return dtype == DType.BOOL ? value != 0 ? "True" : "False" : dtype.digits(value);
  }

  private static List<String> aligned(List<String> words, int least) {
    int width = Math.max(least, words.stream().mapToInt(String::length).max().orElse(0));
    return words.stream().map(word -> " ".repeat(width - word.length()) + word).toList();
  }

  /** Appends the part of the array from {@code axis} on; words are used up in C order. */
  private void print(int axis, String indent, int width, StringBuilder text) {
    text.append('[');
    if (axis == shape.extents.length - 1) {
      printRow(axis, indent, width, text);
    } else {
      int shown = shape.shown(axis);
      String separator = "\n".repeat(shape.extents.length - axis - 1) + indent;
      for (int i = 0; i < shown; i++) {
        if (abbreviated && i == EDGE && shape.cut(axis)) {
          text.append(separator).append(DOTS);
        }
        if (i > 0) {
          text.append(separator);
        }
        print(axis + 1, indent + " ", width - 1, text);
      }
    }
    text.append(']');
  }

  private void printRow(int axis, String indent, int width, StringBuilder text) {
    int shown = shape.shown(axis);
    StringBuilder line = new StringBuilder(indent);
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < shown; i++) {
      if (i == EDGE && shape.cut(axis)) {
        line = extend(row, line, DOTS, width - 1, indent).append(' ');
      }
      line = extend(row, line, words.get(next++), width - 1, indent);
      if (i < shown - 1) {
        line.append(' ');
      }
    }
    row.append(line);
    text.append(row, indent.length(), row.length());
  }

  /** The line after {@code word}; a full line moves to {@code row} first. */
  private static StringBuilder extend(
      StringBuilder row, StringBuilder line, String word, int width, String indent) {
    boolean full = line.length() + word.length() > width && line.length() > indent.length();
    if (!full) {
      return line.append(word);
    }
    row.append(line.toString().stripTrailing()).append('\n');
    return new StringBuilder(indent).append(word);
  }
}
