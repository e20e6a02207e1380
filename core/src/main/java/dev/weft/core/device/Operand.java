package dev.weft.core.device;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * One operand or result of a launch over an iteration space: where element (0, ..., 0) is and how
 * far apart neighbours on each iteration axis are.
 *
 * @param memory the memory that holds the elements; null for index and random parameters
 * @param base byte offset in {@code memory} of the first element; for index and random parameters
 *     the element number
 * @param strides bytes (element numbers) between neighbours on each iteration axis; may be 0 or
 *     negative
 * @param key seed and stream of a random parameter, else empty
 */
public record Operand(@Nullable MemorySegment memory, long base, long[] strides, long[] key) {
  private static final long[] NO_KEY = new long[0];

  /** Elements in memory. */
  public static Operand of(MemorySegment memory, long base, long[] strides) {
    return new Operand(memory, base, strides, NO_KEY);
  }

  /** Element numbers themselves. */
  public static Operand index(long base, long[] strides) {
    return new Operand(null, base, strides, NO_KEY);
  }

  /** Elements of a random array. */
  public static Operand random(long seed, long stream, long base, long[] strides) {
    return new Operand(null, base, strides, new long[] {seed, stream});
  }
}
