package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.op.ElementwiseOps;

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

  static NDArray scaled(NDArray x, NDArray exponents) {
    if (!exponents.dtype().isInteger() && exponents.dtype() != DType.BOOL) {
      throw new UsageException(
          "ldexp: the exponents are %s; use integers, cast them with x.cast(INT32)"
              .formatted(exponents.dtype()));
    }
    NDArray wide = x.cast(floating(x, x));
    // Beyond these, results are 0 or infinite whatever the number; int8 needs no bounds.
    NDArray bounded = exponents.cast(DType.INT64).clip(-5000L, 5000L);
    return wide.apply(ElementwiseOps.SCALE, bounded.cast(wide.dtype()));
  }

  static NDArray unwrap(NDArray x, double period, int axis) {
    int along = x.shape().axis("unwrap", axis);
    long extent = x.shape().extent(along);
    NDArray wide = x.cast(Reductions.real(x));
    if (extent < 2) {
      return wide;
    }
    NDArray jumps = wide.diff(1, along);
    double half = period / 2;
    NDArray small = jumps.add(half).remainder(period).subtract(half);
    // A jump of exactly half a period keeps its direction.
    NDArray kept = small.equal(-half).logicalAnd(jumps.greater(0.0)).where(half, small);
    NDArray moves = jumps.abs().less(half).where(0.0, kept.subtract(jumps));
    NDArray rest = Pieces.part(wide, along, 1, extent).add(moves.cumsum(along));
    return x.session().concatenate(along, Pieces.part(wide, along, 0, 1), rest);
  }

  /** The parts behind and before the point, with the sign of x. */
  static NDArray[] modf(NDArray x) {
    NDArray wide = x.cast(floating(x, x));
    NDArray whole = wide.trunc();
    NDArray rest = wide.isinf().where(0L, wide.subtract(whole)).copysign(wide);
    return new NDArray[] {rest, whole};
  }

  static NDArray numbers(NDArray x, double nan, double posinf, double neginf) {
    if (x.dtype().isComplex()) {
      NDArray re = numbers(x.real(), nan, posinf, neginf);
      return re.complex(numbers(x.imag(), nan, posinf, neginf));
    }
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
    return (equalNan ? equal.logicalOr(a.isnan().logicalAnd(b.isnan())) : equal).all();
  }
}
