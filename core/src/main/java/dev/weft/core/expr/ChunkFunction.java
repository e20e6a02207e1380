package dev.weft.core.expr;

import dev.weft.core.shape.Region;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** The user's code over one chunk; called by several threads at once, for different chunks. */
@FunctionalInterface
public interface ChunkFunction {
  /**
   * Fills {@code output}, dense and in C order.
   *
   * @param region the part of the result to fill
   * @param inputs the same region of each input, dense and in C order
   */
  void run(Region region, List<MemorySegment> inputs, MemorySegment output) throws Exception;
}
