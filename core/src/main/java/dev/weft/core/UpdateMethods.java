package dev.weft.core;

import dev.weft.core.error.UsageException;

/**
 * Arrays with some of their elements replaced. Arrays are immutable: what NumPy says as {@code
 * x[1:-1] = y} gives a new array here, lazily, and reads and computes only what is needed.
 *
 * <pre>{@code
 * x.with("1:-1, 0", 0.0);            // one number along a border
 * x.with("1:-1, 1:-1", inner);       // a step of a stencil
 * x.withWhere(x.less(0.0), 0.0);     // wherever a condition holds
 * }</pre>
 *
 * Values take the array's type, as {@code cast} converts. What broadcasts over the slice is chosen
 * element by element in the kernel that reads the array; values that differ along a slice of an
 * axis are written beside the rest of the axis.
 */
public sealed interface UpdateMethods permits NDArray {
  /** The array itself. */
  NDArray self();

  /**
   * The array with other values in a slice.
   *
   * @param slice as {@link NDArray#slice(String)} takes it
   * @param values which broadcast to the slice's shape
   * @throws UsageException for an index out of range, or values that do not broadcast
   */
  default NDArray with(String slice, NDArray values) {
    return with(Index.parse(slice).toArray(Index[]::new), values);
  }

  /** The array with one number in a slice; of integers, truncated. */
  default NDArray with(String slice, double value) {
    return with(slice, self().session().scalar(value));
  }

  /**
   * The array with one integer in a slice.
   *
   * @throws UsageException for an integer that the type cannot hold
   */
  default NDArray with(String slice, long value) {
    return with(slice, SliceUpdate.number(self(), value));
  }

  /**
   * The array with other values at an index: positions, ranges, and at most one array of positions
   * or mask along an axis, or a mask alone. Where an array names a position twice, the last of its
   * values counts.
   *
   * @throws UsageException for what {@link NDArray#slice(Index...)} refuses, for several arrays of
   *     positions, and for values that do not broadcast
   */
  default NDArray with(Index[] items, NDArray values) {
    return SliceUpdate.of(self(), items, self().session().own(values));
  }

  /**
   * The array with other values where a mask is true.
   *
   * @param mask bool, broadcast over the array
   * @param values broadcast over the array: those where the mask is true count
   * @throws UsageException for a mask that is not bool, and for shapes that do not broadcast
   */
  default NDArray withWhere(NDArray mask, NDArray values) {
    return SliceUpdate.where(self(), self().session().own(mask), self().session().own(values));
  }

  /** The array with one number where a mask is true; of integers, truncated. */
  default NDArray withWhere(NDArray mask, double value) {
    return withWhere(mask, self().session().scalar(value));
  }

  /**
   * The array with one integer where a mask is true.
   *
   * @throws UsageException for an integer that the type cannot hold
   */
  default NDArray withWhere(NDArray mask, long value) {
    return withWhere(mask, SliceUpdate.number(self(), value));
  }
}
