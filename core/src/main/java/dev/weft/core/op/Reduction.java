package dev.weft.core.op;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.InternalException;

/**
 * The primitive reductions: what a device computes of one chunk and the host combines. All other
 * reductions are expressions over these, see {@link Reductions}.
 *
 * <p>A partial result of one output cell is {@link #planes} 64-bit words, each in its own plane of
 * a partials buffer. Floating input is accumulated in float64, integers and bool in int64; sums and
 * products of uint64 are the same bits. Other reductions of uint64, and all of float16, are made of
 * those of other types, see {@link #accepts}.
 */
public enum Reduction {
  /** Sum; plane 0 the sum. */
  SUM(1),
  /** Product; plane 0 the product. */
  PROD(1),
  /** Smallest, NaN if there is one; plane 0 the value. */
  MIN(1),
  /** Largest, NaN if there is one; plane 0 the value. */
  MAX(1),
  /** Index of the first smallest (or first NaN); plane 0 the value, plane 1 the index (int64). */
  ARGMIN(2),
  /** Index of the first largest (or first NaN); plane 0 the value, plane 1 the index (int64). */
  ARGMAX(2),
  /**
   * Number (int64), mean and sum of squared deviations from the mean, combined by the formula of
   * Chan, Golub and LeVeque (1979).
   */
  MOMENTS(3);

  private final int planes;

  Reduction(int planes) {
    this.planes = planes;
  }

  /** 64-bit words per output cell. */
  public int planes() {
    return planes;
  }

  /** Whether an empty input has a result (0 for a sum, 1 for a product). */
  public boolean hasIdentity() {
    return this == SUM || this == PROD || this == MOMENTS;
  }

  /** Whether devices reduce elements of {@code dtype}. */
  public boolean accepts(DType dtype) {
    if (dtype == DType.FLOAT16) {
      return false;
    }
    return dtype.isComputable() && (dtype != DType.UINT64 || this == SUM || this == PROD);
  }

  /** The type of the finished result for input of {@code dtype}. */
  public DType result(DType dtype) {
    dtype.requireReal(label());
    return switch (this) {
      case SUM, PROD ->
          switch (dtype.kind()) {
            case BOOL, SIGNED -> DType.INT64;
            case UNSIGNED -> DType.UINT64;
            case FLOATING -> dtype;
            case COMPLEX ->
                throw new InternalException("complex numbers are computed as pairs of real ones");
          };
      case MIN, MAX -> dtype;
      case ARGMIN, ARGMAX -> DType.INT64;
      case MOMENTS -> dtype.isFloating() ? dtype : DType.FLOAT64;
    };
  }

  /** The name in messages. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
