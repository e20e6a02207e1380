package dev.weft.core.routine;

import dev.weft.core.expr.BlockRoutine;

/** A routine of Weft's own: the same result for the same operands. */
interface HostRoutine extends BlockRoutine {
  @Override
  default String reason() {
    return "no device has a kernel for it";
  }

  @Override
  default boolean isPure() {
    return true;
  }
}
