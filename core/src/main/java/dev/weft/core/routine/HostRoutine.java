package dev.weft.core.routine;

import dev.weft.core.expr.Block;
import dev.weft.core.expr.BlockRoutine;
import java.lang.foreign.MemorySegment;
import java.util.List;

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

  @Override
  default void run(List<Block> inputs, Block output, MemorySegment work) throws Exception {
    run(inputs, output);
  }

  /** The same of a routine that asks for no memory, or takes it from the Java heap. */
  void run(List<Block> inputs, Block output) throws Exception;
}
