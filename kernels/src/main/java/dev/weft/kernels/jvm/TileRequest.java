package dev.weft.kernels.jvm;

import dev.weft.core.kernel.FusedKernel;

/**
 * What to render.
 *
 * @param kernel the body; index and random parameters are read as buffers of their type
 * @param uniformMask bit p is set when operand p is one element for the whole tile; operands from
 *     64 on are always contiguous
 * @param mode scalar or vector loop
 * @param vectorBits width of the widest vectors, 128, 256 or 512; ignored by the scalar loop
 */
public record TileRequest(FusedKernel kernel, long uniformMask, Mode mode, int vectorBits) {
  /** The two forms of loop. */
  public enum Mode {
    /** One element at a time: every kernel has it, and it is fast from the first call. */
    SCALAR,
    /** Vector API: only where every operation has a vector form, and slow until C2 compiled it. */
    VECTOR
  }

  /** A request for the scalar loop. */
  public static TileRequest scalar(FusedKernel kernel, long uniformMask) {
    return new TileRequest(kernel, uniformMask, Mode.SCALAR, 0);
  }

  /** A request for the vector loop. */
  public static TileRequest vector(FusedKernel kernel, long uniformMask, int vectorBits) {
    return new TileRequest(kernel, uniformMask, Mode.VECTOR, vectorBits);
  }
}
