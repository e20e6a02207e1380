package dev.weft.core;

import dev.weft.core.dtype.DType;

/** Functions of elements that are made of several rows of the op table. */
final class Pointwise {
  private static final double TINY = 1e-20;

  private Pointwise() {}

  static NDArray sinc(NDArray x) {
    // As NumPy has it: a number so small stands for 0.
    NDArray wide = x.dtype().isFloating() ? x : x.cast(DType.FLOAT64);
    NDArray angle = wide.equal(0.0).where(TINY, wide).multiply(Math.PI);
    return angle.sin().divide(angle);
  }

  /** The type of rows that give floating results. */
  private static DType floating(NDArray a, NDArray b) {
    return a.hypot(b).dtype();
  }

  static NDArray heaviside(NDArray x, NDArray atZero) {
    DType dtype = floating(x, atZero);
    NDArray a = x.cast(dtype);
    NDArray beside = a.isnan().where(a, a.greater(0.0).cast(dtype));
    return a.equal(0.0).where(atZero.cast(dtype), beside);
  }

  static NDArray logaddexp2(NDArray first, NDArray second) {
    DType dtype = floating(first, second);
    NDArray a = first.cast(dtype);
    NDArray b = second.cast(dtype);
    NDArray apart = a.subtract(b).abs().negative();
    NDArray sum = a.maximum(b).add(apart.exp2().log1p().multiply(1 / Math.log(2)));
    // Equal infinities have no difference.
    return a.equal(b).where(a.add(1.0), sum);
  }

  /** The parts behind and before the point, with the sign of x. */
  static NDArray[] modf(NDArray x) {
    NDArray wide = x.cast(floating(x, x));
    NDArray whole = wide.trunc();
    NDArray rest = wide.isinf().where(0L, wide.subtract(whole)).copysign(wide);
    return new NDArray[] {rest, whole};
  }

  static NDArray numbers(NDArray x, double nan, double posinf, double neginf) {
    if (!x.dtype().isFloating()) {
      return x;
    }
    NDArray without = x.isnan().where(nan, x);
    NDArray below = x.equal(Double.POSITIVE_INFINITY).where(posinf, without);
    return x.equal(Double.NEGATIVE_INFINITY).where(neginf, below);
  }

  static NDArray arrayEqual(NDArray a, NDArray b, boolean equalNan) {
    if (!a.shape().equals(b.shape())) {
      return a.session().zeros(DType.BOOL);
    }
    NDArray equal = a.equal(b);
    boolean nan = equalNan && a.dtype().isFloating() && b.dtype().isFloating();
    return (nan ? equal.logicalOr(a.isnan().logicalAnd(b.isnan())) : equal).all();
  }
}
