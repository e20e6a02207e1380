package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;

/** The user's Java code over lines, and over chunks with their neighbours. */
public sealed interface BlockMethods permits NDArray {
  /** This array, for the methods here. */
  NDArray self();

  /**
   * The user's function of each line along an axis, in float64. The lines of a chunk are given one
   * after the other; several threads call at once for different chunks.
   *
   * <pre>{@code
   * NDArray ends = x.applyAlongAxis(0, 2, (line, result) -> {
   *   result[0] = line[0];
   *   result[1] = line[line.length - 1];
   * });
   * }</pre>
   *
   * @param length of the lines of the result, which take the place of those given
   * @throws UsageException for an axis out of range, and a negative length
   */
  default NDArray applyAlongAxis(int axis, int length, UserFunctions.OfLine function) {
    return Overlaps.lines(self(), axis, length, function);
  }

  /**
   * The user's code over chunks that go on into their neighbours: the input of the code is the
   * chunk of the result with so many elements more on both sides of each axis, beyond the array
   * those of a border.
   *
   * <pre>{@code
   * NDArray smooth = x.mapOverlap(DType.FLOAT64, new int[] {1}, Pad.edge(), (region, in, out) -> {
   *   double[] v = in.getFirst().toDoubleArray();
   *   for (int i = 0; i < out.size(); i++) {
   *     out.segment().setAtIndex(JAVA_DOUBLE, i, (v[i] + v[i + 1] + v[i + 2]) / 3);
   *   }
   * });
   * }</pre>
   *
   * @param depth how many elements more on both sides, for each axis
   * @param border what lies beyond the array
   * @param function is given the region of the chunk, the longer input alone, and the result to
   *     fill; called by several threads at once
   * @throws UsageException for depths that are not as many as axes, or negative, and where a border
   *     cannot be as wide
   */
  default NDArray mapOverlap(
      DType result, int[] depth, Pad border, UserFunctions.OfChunk function) {
    return Overlaps.map(self(), result, depth, border, function);
  }
}
