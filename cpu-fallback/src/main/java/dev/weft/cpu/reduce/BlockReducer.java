package dev.weft.cpu.reduce;

import dev.weft.cpu.memory.Memory;
import dev.weft.cpu.vector.Lanes;
import org.jspecify.annotations.Nullable;

/**
 * Reduces blocks of at most 4,096 elements, in the order that the package defines, and combines the
 * partial results of blocks.
 *
 * <p>The partial result of n columns is {@link #planes} arrays of n numbers of eight bytes, one
 * after the other; that of one sequence is the case n = 1. Which numbers, {@link ReduceKind} says.
 * Instances hold no state and serve any thread.
 */
public interface BlockReducer {
  /** The most elements of a block. */
  int BLOCK = 4096;

  /** The lanes that add up a block. */
  int LANES = 64;

  /**
   * Columns that {@link #reduceColumns} takes at a time: a row of them is a page, and the lanes of
   * all of them fit the second cache.
   */
  int STRIP = 1024;

  /** A reducer on vectors, or the scalar form if {@code lanes} is null. */
  static BlockReducer of(ReduceKind kind, Element element, @Nullable Lanes lanes) {
    return switch (kind) {
      case SUM, PROD, MIN, MAX ->
          element.floating()
              ? new FloatingReducer(
                  element, DoubleKernel.of(DoubleOp.of(kind), element, false, lanes))
              : new IntegerReducer(element, LongKernel.of(LongOp.of(kind), element, lanes));
      case ARGMIN, ARGMAX ->
          element.floating()
              ? new FloatingArgReducer(
                  kind, element, DoubleKernel.of(DoubleOp.extreme(kind), element, false, lanes))
              : new IntegerArgReducer(
                  kind, element, LongKernel.of(LongOp.extreme(kind), element, lanes));
      case MOMENTS ->
          new MomentsReducer(
              element,
              DoubleKernel.of(DoubleOp.SUM, element, false, lanes),
              DoubleKernel.of(DoubleOp.SUM, element, true, lanes));
    };
  }

  /** Numbers of a partial result. */
  int planes();

  /** Bytes of an element that is read. */
  int elementBytes();

  /**
   * Reduces n consecutive elements.
   *
   * @param firstIndex the index of the first element in the whole sequence
   * @param partial where the partial result goes
   */
  void reduce(long address, int n, long firstIndex, long partial);

  /** Bytes of scratch memory for so many columns of a block. */
  long scratchBytes(int columns);

  /**
   * Takes one row of a block, for rows that come one at a time, in order.
   *
   * @param row its number within the block
   * @throws UnsupportedOperationException for moments, which need to see the rows twice
   */
  void accumulateRow(int row, long address, int columns, long scratch);

  /**
   * Writes the partial result of the rows taken since row 0.
   *
   * @param rows how many there were, at least 1
   * @param firstIndex the index of row 0 in the whole sequence
   * @param planeStride bytes from one array of the partial result to the next
   */
  void finishBlock(
      int rows, int columns, long firstIndex, long scratch, long partial, long planeStride);

  /**
   * Reduces each column of a block of rows.
   *
   * @param rowStride bytes from one row to the next
   * @param scratch {@code scratchBytes(min(columns, STRIP))} bytes
   */
  default void reduceColumns(
      long address,
      long rowStride,
      int rows,
      int columns,
      long firstIndex,
      long scratch,
      long partial) {
    for (int from = 0; from < columns; from += STRIP) {
      int width = Math.min(STRIP, columns - from);
      for (int row = 0; row < rows; row++) {
        long at = address + row * rowStride + (long) from * elementBytes();
        accumulateRow(row, at, width, scratch);
      }
      finishBlock(rows, width, firstIndex, scratch, partial + 8L * from, 8L * columns);
    }
  }

  /** Combines two neighbouring partial results; the result may take the place of either. */
  void combine(long left, long right, long result, int columns);

  /**
   * Combines partial results that lie one after the other, in the tree over their index. The first
   * becomes the result; the others are used up.
   */
  default void combineAll(long partials, int count, int columns) {
    long bytes = 8L * planes() * columns;
    for (int left = count; left > 1; left = (left + 1) / 2) {
      for (int k = 0; k + 1 < left; k += 2) {
        combine(
            partials + k * bytes, partials + (k + 1) * bytes, partials + k / 2 * bytes, columns);
      }
      if (left % 2 != 0) {
        Memory.copy(partials + (left - 1) * bytes, partials + left / 2 * bytes, bytes);
      }
    }
  }
}
