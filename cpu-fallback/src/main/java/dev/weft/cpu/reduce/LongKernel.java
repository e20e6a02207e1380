package dev.weft.cpu.reduce;

import dev.weft.cpu.vector.Lanes;
import dev.weft.cpu.vector.Specialization;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/** The loops of a reduction in int64; all implementations give the same numbers. */
interface LongKernel {
  /** Reduces a block. */
  long reduce(long address, int n);

  /** The first element that equals a value; n if none does. */
  int indexOf(long address, int n, long value);

  /**
   * Takes a row into the 64 lanes of each column: lane l of all columns lies at {@code scratch + 8
   * l columns}.
   */
  void accumulateRow(int row, long address, int columns, long scratch);

  /** Combines the lanes of each column by halves, into the place of lane 0. */
  void finish(int rows, int columns, long scratch);

  /** Combines n numbers with n numbers. */
  void combine(long left, long right, long result, int n);

  /** What a kernel is made for. */
  record Spec(LongOp op, LongLoad load, @Nullable Lanes lanes) {}

  static LongKernel of(LongOp op, Element element, @Nullable Lanes lanes) {
    Spec spec = new Spec(op, LongLoad.of(element), lanes);
    Class<? extends LongKernel> template = lanes == null ? ScalarLongs.class : VectorLongs.class;
    return Specialization.of(MethodHandles.lookup(), template, LongKernel.class, spec);
  }
}
