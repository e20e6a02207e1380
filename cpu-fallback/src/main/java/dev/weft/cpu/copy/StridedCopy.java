package dev.weft.cpu.copy;

import dev.weft.cpu.memory.Memory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Copies n-dimensional blocks between layouts of addresses and byte strides, near the speed of a
 * plain copy also when the two layouts order their axes differently.
 *
 * <p>Strides may be negative or, in the source, 0. Source and destination do not overlap.
 */
public final class StridedCopy {
  private record Axis(long extent, long from, long to) {}

  /** Bytes of source rows that a transposition takes side by side: two cache lines. */
  private static final int BAND_BYTES = 128;

  private StridedCopy() {}

  /**
   * Copies all elements.
   *
   * @param elementBytes 1, 2, 4 or 8
   * @param fromStrides bytes from one element to the next in the source, by axis
   * @param toStrides bytes from one element to the next in the destination, by axis
   */
  public static void copy(
      int elementBytes, long[] shape, long from, long[] fromStrides, long to, long[] toStrides) {
    List<Axis> axes = new ArrayList<>();
    for (int i = 0; i < shape.length; i++) {
      if (shape[i] == 0) {
        return;
      }
      if (shape[i] > 1) {
        axes.add(new Axis(shape[i], fromStrides[i], toStrides[i]));
      }
    }
    axes.sort(Comparator.comparingLong((Axis axis) -> Math.abs(axis.to)).reversed());
    merge(axes);
    Axis inner = axes.isEmpty() ? new Axis(1, elementBytes, elementBytes) : axes.removeLast();
    boolean turned = inner.from != elementBytes && inner.to == elementBytes;
    for (int i = axes.size() - 1; turned && i >= 0; i--) {
      if (axes.get(i).from == elementBytes) {
        Axis other = axes.remove(i);
        nest(axes, 0, from, to, (f, t) -> transpose(elementBytes, other, inner, f, t));
        return;
      }
    }
    nest(axes, 0, from, to, (f, t) -> line(elementBytes, inner, f, t));
  }

  /** Makes one axis of neighbours that both layouts walk through as one. */
  private static void merge(List<Axis> axes) {
    for (int i = axes.size() - 2; i >= 0; i--) {
      Axis outer = axes.get(i);
      Axis inner = axes.get(i + 1);
      if (outer.from == inner.from * inner.extent && outer.to == inner.to * inner.extent) {
        axes.set(i, new Axis(outer.extent * inner.extent, inner.from, inner.to));
        axes.remove(i + 1);
      }
    }
  }

  private interface Body {
    void run(long from, long to);
  }

  private static void nest(List<Axis> axes, int depth, long from, long to, Body body) {
    if (depth == axes.size()) {
      body.run(from, to);
      return;
    }
    Axis axis = axes.get(depth);
    for (long i = 0; i < axis.extent; i++) {
      nest(axes, depth + 1, from + i * axis.from, to + i * axis.to, body);
    }
  }

  private static void line(int bytes, Axis axis, long from, long to) {
    if (axis.from == bytes && axis.to == bytes) {
      Memory.copy(from, to, axis.extent * bytes);
      return;
    }
    block(bytes, 1, 0, 0, axis.extent, axis.from, axis.to, from, to);
  }

  /**
   * Transposes by squares: the lines that a square touches, also when they all fall into one set of
   * the first cache, are then used up before they are evicted. Squares are taken by bands, so that
   * neighbouring lines are used soon.
   *
   * @param row the axis along which the source is contiguous
   * @param column the axis along which the destination is contiguous
   */
  private static void transpose(int bytes, Axis row, Axis column, long from, long to) {
    int side = TransposedSquare.SIDE;
    boolean vector = VectorSquare.suits(bytes);
    long band = BAND_BYTES / bytes;
    long rows = row.extent / side * side;
    long columns = column.extent / side * side;
    for (long i = 0; i < rows; i += band) {
      long iEnd = Math.min(rows, i + band);
      for (long j = 0; j < columns; j += side) {
        for (long k = i; k < iEnd; k += side) {
          long f = from + k * bytes + j * column.from;
          long t = to + k * row.to + j * bytes;
          if (vector) {
            VectorSquare.copy(bytes, f, column.from, t, row.to);
          } else {
            TransposedSquare.copy(bytes, f, column.from, t, row.to);
          }
        }
      }
    }
    long restRows = row.extent - rows;
    block(
        bytes,
        restRows,
        row.from,
        row.to,
        columns,
        column.from,
        column.to,
        from + rows * row.from,
        to + rows * row.to);
    block(
        bytes,
        row.extent,
        row.from,
        row.to,
        column.extent - columns,
        column.from,
        column.to,
        from + columns * column.from,
        to + columns * column.to);
  }

  private static void block(
      int bytes,
      long rows,
      long fromRow,
      long toRow,
      long columns,
      long fromColumn,
      long toColumn,
      long from,
      long to) {
    for (long i = 0; i < rows; i++) {
      long f = from + i * fromRow;
      long t = to + i * toRow;
      switch (bytes) {
        case 8 -> line8(f, t, fromColumn, toColumn, columns);
        case 4 -> line4(f, t, fromColumn, toColumn, columns);
        case 2 -> line2(f, t, fromColumn, toColumn, columns);
        case 1 -> line1(f, t, fromColumn, toColumn, columns);
        default -> throw new IllegalArgumentException("copy: elements of " + bytes + " bytes");
      }
    }
  }

  private static void line8(long from, long to, long fromStride, long toStride, long n) {
    for (long i = 0; i < n; i++) {
      Memory.putLong(to + i * toStride, Memory.getLong(from + i * fromStride));
    }
  }

  private static void line4(long from, long to, long fromStride, long toStride, long n) {
    for (long i = 0; i < n; i++) {
      Memory.putInt(to + i * toStride, Memory.getInt(from + i * fromStride));
    }
  }

  private static void line2(long from, long to, long fromStride, long toStride, long n) {
    for (long i = 0; i < n; i++) {
      Memory.putShort(to + i * toStride, Memory.getShort(from + i * fromStride));
    }
  }

  private static void line1(long from, long to, long fromStride, long toStride, long n) {
    for (long i = 0; i < n; i++) {
      Memory.putByte(to + i * toStride, Memory.getByte(from + i * fromStride));
    }
  }
}
