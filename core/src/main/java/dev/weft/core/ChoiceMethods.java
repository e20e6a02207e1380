package dev.weft.core;

import dev.weft.core.op.ElementwiseOps;

/**
 * Elements of one array or another, or kept within bounds. A plain number is weak, as elsewhere: an
 * integer takes the type of the array that it meets, or is int64 beside bool; a floating number
 * makes integers float64.
 */
public sealed interface ChoiceMethods permits NDArray {
  /** The array itself. */
  NDArray self();

  /** For a bool array: {@code yes} where true, {@code no} elsewhere. */
  default NDArray where(NDArray yes, NDArray no) {
    Session session = self().session();
    return Selection.where(self(), session.own(yes), session.own(no));
  }

  /** For a bool array: {@code yes} where true, {@code no} elsewhere. */
  default NDArray where(double yes, NDArray no) {
    return where(self().weak(no.dtype(), yes), no);
  }

  /** For a bool array: {@code yes} where true, {@code no} elsewhere. */
  default NDArray where(long yes, NDArray no) {
    return where(self().weak(no.dtype(), yes), no);
  }

  /** For a bool array: {@code yes} where true, {@code no} elsewhere. */
  default NDArray where(NDArray yes, double no) {
    return where(yes, self().weak(yes.dtype(), no));
  }

  /** For a bool array: {@code yes} where true, {@code no} elsewhere. */
  default NDArray where(NDArray yes, long no) {
    return where(yes, self().weak(yes.dtype(), no));
  }

  /** For a bool array: {@code yes} where true, {@code no} elsewhere, float64. */
  default NDArray where(double yes, double no) {
    Session session = self().session();
    return where(session.scalar(yes), session.scalar(no));
  }

  /** For a bool array: {@code yes} where true, {@code no} elsewhere, int64. */
  default NDArray where(long yes, long no) {
    Session session = self().session();
    return where(session.scalar(yes), session.scalar(no));
  }

  /**
   * The array with elements below {@code low} raised to it and above {@code high} lowered to it.
   * Integers become float64, as beside any floating number.
   */
  default NDArray clip(double low, double high) {
    NDArray x = self();
    return x.apply(ElementwiseOps.CLIP, x.weak(x.dtype(), low), x.weak(x.dtype(), high));
  }

  /**
   * The array with elements below {@code low} raised to it and above {@code high} lowered to it.
   *
   * @throws dev.weft.core.error.UsageException for bounds that the array's type cannot hold
   */
  default NDArray clip(long low, long high) {
    NDArray x = self();
    return x.apply(ElementwiseOps.CLIP, x.weak(x.dtype(), low), x.weak(x.dtype(), high));
  }
}
