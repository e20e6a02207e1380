package dev.weft.cpu.reduce;

import dev.weft.cpu.vector.Lanes;
import dev.weft.cpu.vector.Specialization;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/** The loops of a reduction in float64; all implementations give the same bits. */
interface DoubleKernel {
  /** Reduces a block; {@code center} is used by kernels of squared deviations only. */
  double reduce(long address, int n, double center);

  /** The first element that equals a value, or is NaN if the value is; n if none does. */
  int indexOf(long address, int n, double value);

  /**
   * Takes a row into the 64 lanes of each column: lane l of all columns lies at {@code scratch + 8
   * l columns}.
   *
   * @param centers the center of each column, used by kernels of squared deviations only
   */
  void accumulateRow(int row, long address, int columns, long scratch, long centers);

  /** Combines the lanes of each column by halves, into the place of lane 0. */
  void finish(int rows, int columns, long scratch);

  /** Reduces each column of a block of rows into the place of lane 0. */
  default void reduceRows(
      long address, long rowStride, int rows, int columns, long scratch, long centers) {
    for (int row = 0; row < rows; row++) {
      accumulateRow(row, address + row * rowStride, columns, scratch, centers);
    }
    finish(rows, columns, scratch);
  }

  /** Combines n numbers with n numbers. */
  void combine(long left, long right, long result, int n);

  /**
   * What a kernel is made for.
   *
   * @param squared whether squares of deviations from a center are reduced instead of elements
   */
  record Spec(DoubleOp op, DoubleLoad load, boolean squared, @Nullable Lanes lanes) {}

  static DoubleKernel of(DoubleOp op, Element element, boolean squared, @Nullable Lanes lanes) {
    Spec spec = new Spec(op, DoubleLoad.of(element), squared, lanes);
    if (lanes == null) {
      return made(ScalarDoubles.class, spec);
    }
    if (op != DoubleOp.MIN && op != DoubleOp.MAX) {
      return wide(spec);
    }
    return switch (element) {
      case FLOAT32 -> made(VectorFloatExtremes.class, spec);
      case FLOAT64 -> made(VectorDoubleExtremes.class, spec);
      default -> wide(spec);
    };
  }

  /** The vector form in which elements become float64 before anything else. */
  static DoubleKernel wide(Spec spec) {
    return made(VectorDoubles.class, spec);
  }

  private static DoubleKernel made(Class<? extends DoubleKernel> template, Spec spec) {
    return Specialization.of(MethodHandles.lookup(), template, DoubleKernel.class, spec);
  }
}
