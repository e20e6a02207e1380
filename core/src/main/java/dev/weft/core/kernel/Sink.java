package dev.weft.core.kernel;

import dev.weft.core.dtype.DType;
import dev.weft.core.op.Reduction;

/** Where a value of a kernel goes. */
public sealed interface Sink {
  /** Number of the value. */
  int value();

  /** Each element is stored; the value already has {@code dtype}. */
  record Store(int value, DType dtype) implements Sink {}

  /**
   * Elements are reduced over the axes that the launch names; the partial results of each kept cell
   * go to a partials buffer as {@link Reduction} lays out. {@code dtype} is the value's type.
   */
  record Reduce(int value, Reduction reduction, DType dtype) implements Sink {}
}
