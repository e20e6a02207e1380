package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.op.ElementwiseOps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@link DerivedMethods} are made of. */
final class Derived {
  /** The largest power of ten that is an int64. */
  private static final int MOST_DECIMALS = 18;

  private Derived() {}

  static NDArray diff(NDArray x, long n, int axis) {
    int checked = x.shape().axis("diff", axis);
    if (n < 0) {
      throw new UsageException(
          "diff: n is %d, and differences are taken 0 times or more; use cumsum for the way back"
              .formatted(n));
    }
    // What is left is empty: more differences of nothing are nothing too.
    long times = Math.min(n, x.shape().extent(checked));
    NDArray rest = x;
    for (long i = 0; i < times; i++) {
      NDArray first = rest.moveaxis(checked, 0);
      NDArray later = first.slice("1:");
      NDArray earlier = first.slice(":-1");
      NDArray difference =
          rest.dtype() == DType.BOOL ? later.notEqual(earlier) : later.subtract(earlier);
      rest = difference.moveaxis(0, checked);
    }
    return rest;
  }

  /** An array between others along an axis, of which those without axes are one element. */
  static NDArray between(NDArray x, int axis, @Nullable NDArray before, @Nullable NDArray behind) {
    int checked = x.shape().axis("diff", axis);
    List<NDArray> parts = new ArrayList<>();
    for (NDArray part : Arrays.asList(before, x, behind)) {
      if (part != null) {
        boolean single = part.rank() == 0;
        parts.add(single ? part.broadcastTo(x.shape().with(checked, 1).extents()) : part);
      }
    }
    return x.session().concatenate(checked, parts.toArray(NDArray[]::new));
  }

  static NDArray round(NDArray x, int decimals) {
    if (x.dtype().isComplex()) {
      return round(x.real(), decimals).complex(round(x.imag(), decimals));
    }
    if (decimals == 0 || x.dtype() == DType.BOOL) {
      return x.apply(ElementwiseOps.ROUND);
    }
    if (x.dtype().isInteger()) {
      return decimals > 0 ? x : roundIntegers(x, -decimals);
    }
    double scale = Math.pow(10, Math.abs((double) decimals));
    return decimals > 0
        ? x.multiply(scale).apply(ElementwiseOps.ROUND).divide(scale)
        : x.divide(scale).apply(ElementwiseOps.ROUND).multiply(scale);
  }

  /** In int64 or uint64, so that large ones lose no digits. */
  private static NDArray roundIntegers(NDArray x, int zeros) {
    if (zeros > MOST_DECIMALS) {
      return x.multiply(0L);
    }
    long unit = Math.powExact(10L, zeros);
    DType wide = x.dtype() == DType.UINT64 ? DType.UINT64 : DType.INT64;
    NDArray whole = x.cast(wide);
    NDArray quotient = whole.floorDivide(unit);
    NDArray rest = whole.subtract(quotient.multiply(unit));
    // More than half a unit, or half of one after an odd number of units.
    NDArray up = rest.add(quotient.remainder(2L)).greater(unit / 2);
    return quotient.add(up.cast(wide)).multiply(unit).cast(x.dtype());
  }
}
