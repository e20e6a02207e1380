package dev.weft.core.linalg;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.Block;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** The matrices of a task, one after the other, and the memory in which one is worked on. */
public final class MatrixTask {
  static final long ALIGNMENT = 64;

  private final String name;
  private final DType dtype;
  private final List<Block> inputs;
  private final Block output;
  private final MemorySegment[] areas;
  private final long count;
  private long at = -1;

  MatrixTask(
      MatrixRoutine routine, List<Block> inputs, Block output, MemorySegment work, long[] areas) {
    this.name = routine.name();
    this.dtype = routine.dtype();
    this.inputs = inputs;
    this.output = output;
    this.areas = new MemorySegment[areas.length];
    long offset = 0;
    for (int i = 0; i < areas.length; i++) {
      this.areas[i] = work.asSlice(offset, areas[i]);
      offset += aligned(areas[i]);
    }
    long matrices = 1;
    for (int axis = 0; axis < leading(); axis++) {
      matrices *= output.extent(axis);
    }
    this.count = matrices;
  }

  static long bytes(long[] areas) {
    long bytes = 0;
    for (long area : areas) {
      bytes += aligned(area);
    }
    return bytes;
  }

  private static long aligned(long bytes) {
    return Math.ceilDiv(bytes, ALIGNMENT) * ALIGNMENT;
  }

  /** Axes that number matrices. */
  private int leading() {
    return output.region().extents().length - 2;
  }

  boolean next() {
    return ++at < count;
  }

  /** A piece of memory of the size that the routine asked for. */
  MemorySegment area(int number) {
    return areas[number];
  }

  /** An operand's matrix, column by column. */
  void load(int operand, MemorySegment to) {
    Block block = inputs.get(operand);
    int rank = block.region().extents().length;
    int rows = (int) block.extent(rank - 2);
    int columns = (int) block.extent(rank - 1);
    int item = block.dtype().itemSize();
    MatrixCopy copy = new MatrixCopy(item, rows, columns);
    long from = at * rows * columns * item;
    copy.run(block.memory(), from, columns, 1, to, 0, 1, rows);
  }

  /**
   * A part of the result, from columns.
   *
   * @param row of the result where it begins
   * @param stored the rows of the matrix in memory
   */
  void store(MemorySegment from, int stored, int row, int column, int rows, int columns) {
    MatrixCopy copy = new MatrixCopy(dtype.itemSize(), rows, columns);
    copy.run(from, 0, 1, stored, output.memory(), to(row, column), width(), 1);
  }

  /** The same, with rows and columns exchanged: {@code rows} and {@code columns} of the result. */
  void storeTransposed(MemorySegment from, int stored, int row, int column, int rows, int columns) {
    MatrixCopy copy = new MatrixCopy(dtype.itemSize(), rows, columns);
    copy.run(from, 0, stored, 1, output.memory(), to(row, column), width(), 1);
  }

  /** Real numbers as a part of a row of the result. */
  void storeReals(MemorySegment from, int row, int column, int count) {
    DType real = output.dtype().part();
    for (int i = 0; i < count; i++) {
      store(get(real, from, i), row, column + i);
    }
  }

  /** One number of the result. */
  void store(double value, int row, int column) {
    store(value, 0, row, column);
  }

  /** One number of the result, of which real ones have no imaginary part. */
  void store(double re, double im, int row, int column) {
    put(output.dtype(), output.memory(), to(row, column) / output.dtype().itemSize(), re, im);
  }

  private int width() {
    return (int) output.extent(leading() + 1);
  }

  private long to(int row, int column) {
    long height = output.extent(leading());
    return ((at * height + row) * width() + column) * output.dtype().itemSize();
  }

  /** A real number in memory. */
  static double get(DType dtype, MemorySegment memory, long index) {
    return dtype == DType.FLOAT32
        ? memory.get(JAVA_FLOAT_UNALIGNED, 4 * index)
        : memory.get(JAVA_DOUBLE_UNALIGNED, 8 * index);
  }

  /** Writes a number of any type. */
  static void put(DType dtype, MemorySegment memory, long index, double re, double im) {
    if (dtype.isComplex()) {
      put(dtype.part(), memory, 2 * index, re, 0);
      put(dtype.part(), memory, 2 * index + 1, im, 0);
    } else if (dtype == DType.FLOAT32) {
      memory.set(JAVA_FLOAT_UNALIGNED, 4 * index, (float) re);
    } else {
      memory.set(JAVA_DOUBLE_UNALIGNED, 8 * index, re);
    }
  }

  /** The failure of the matrix that is worked on. */
  UsageException failure(String what, String remedy) {
    StringBuilder which = new StringBuilder();
    if (leading() > 0) {
      which.append(" of the batch");
      long rest = at;
      String position = "";
      for (int axis = leading() - 1; axis >= 0; axis--) {
        long extent = output.extent(axis);
        long index = output.region().start()[axis] + rest % extent;
        position = position.isEmpty() ? "" + index : index + ", " + position;
        rest /= extent;
      }
      which.insert(0, " " + (leading() == 1 ? position : "(" + position + ")"));
    }
    return new UsageException("%s: matrix%s %s; %s".formatted(name, which, what, remedy));
  }
}
