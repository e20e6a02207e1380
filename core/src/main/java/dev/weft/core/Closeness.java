package dev.weft.core;

import dev.weft.core.error.UsageException;

/** Comparison within tolerances that the caller chooses. */
final class Closeness {
  private Closeness() {}

  static NDArray isclose(NDArray a, NDArray b, double rtol, double atol, boolean equalNan) {
    if (!(rtol >= 0 && atol >= 0)) {
      throw new UsageException(
          "isclose: rtol %s and atol %s; tolerances are 0 or more".formatted(rtol, atol));
    }
    // As in NumPy, tolerances of whole numbers are those of float64.
    NDArray scale = b.cast(Reductions.real(b));
    NDArray within = a.subtract(scale).abs().lessEqual(scale.abs().multiply(rtol).add(atol));
    // A tolerance of an infinity is infinite: only the same infinity is close to it.
    NDArray close = within.logicalAnd(scale.isfinite()).logicalOr(a.equal(b));
    return equalNan ? close.logicalOr(a.isnan().logicalAnd(b.isnan())) : close;
  }
}
