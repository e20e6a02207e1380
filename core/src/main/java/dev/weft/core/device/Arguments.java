package dev.weft.core.device;

import java.util.List;

/**
 * One launch of a kernel.
 *
 * @param extents the iteration space, outermost axis first; rank 0 is one element
 * @param inputs one operand per parameter of the kernel
 * @param outputs one per sink; a store has one stride per axis; a partials operand has one stride
 *     per axis (0 on reduced axes) for plane 0, and plane p lies {@code p * planeBytes} further
 * @param reduced which axes are reduced by the reducing sinks; they are enumerated in C order
 * @param reduceBase index of the first element along the reduced axes in the whole array, per axis,
 *     so that arg-reductions report global positions
 * @param reduceShape extents of the reduced axes in the whole array (1 on kept axes)
 * @param planeBytes distance of planes in partials buffers, per sink
 * @param scalars values of the kernel's scalars as {@code Scalar.bits()}
 */
public record Arguments(
    long[] extents,
    List<Operand> inputs,
    List<Operand> outputs,
    boolean[] reduced,
    long[] reduceBase,
    long[] reduceShape,
    long[] planeBytes,
    long[] scalars) {

  /** A launch without reducing sinks. */
  public static Arguments map(
      long[] extents, List<Operand> inputs, List<Operand> outputs, long[] scalars) {
    int rank = extents.length;
    return new Arguments(
        extents,
        inputs,
        outputs,
        new boolean[rank],
        new long[rank],
        extents,
        new long[outputs.size()],
        scalars);
  }

  /** Number of elements in the iteration space. */
  public long size() {
    long size = 1;
    for (long extent : extents) {
      size *= extent;
    }
    return size;
  }
}
