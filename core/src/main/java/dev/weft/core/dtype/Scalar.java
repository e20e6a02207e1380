package dev.weft.core.dtype;

import dev.weft.core.error.UsageException;

/**
 * One typed number. Integers and bool keep their value in {@code integer}, floating types in {@code
 * floating}; the other field is 0.
 */
public record Scalar(DType dtype, long integer, double floating) {

  /** The number {@code value} as {@code dtype}; floats are rounded or truncated towards zero. */
  public static Scalar of(DType dtype, double value) {
    return switch (dtype.requireComputable("constant").kind()) {
      case BOOL -> new Scalar(dtype, value != 0 ? 1 : 0, 0);
      case SIGNED, UNSIGNED -> of(dtype, (long) value);
      case FLOATING -> new Scalar(dtype, 0, dtype == DType.FLOAT32 ? (float) value : value);
      case COMPLEX -> throw new UsageException("complex scalars have no kernels yet");
    };
  }

  /** The number {@code value} as {@code dtype}; an integer out of range is refused. */
  public static Scalar of(DType dtype, long value) {
    return switch (dtype.requireComputable("constant").kind()) {
      case BOOL -> new Scalar(dtype, value != 0 ? 1 : 0, 0);
      case SIGNED, UNSIGNED -> {
        if (value < dtype.minValue() || value > dtype.maxValue()) {
          throw new UsageException(
              "integer %d is out of bounds for %s (%d to %d); use one within them, or a wider type"
                  .formatted(value, dtype, dtype.minValue(), dtype.maxValue()));
        }
        yield new Scalar(dtype, value, 0);
      }
      case FLOATING -> new Scalar(dtype, 0, dtype == DType.FLOAT32 ? (float) value : value);
      case COMPLEX -> throw new UsageException("complex scalars have no kernels yet");
    };
  }

  /** The value as a double, whatever the type. */
  public double asDouble() {
    return dtype.isFloating() ? floating : integer;
  }

  /** The value as a long; floats are truncated towards zero. */
  public long asLong() {
    return dtype.isFloating() ? (long) floating : integer;
  }

  /** The 64 bits by which kernels receive the value: the long, or the double's bits. */
  public long bits() {
    return dtype.isFloating() ? Double.doubleToRawLongBits(floating) : integer;
  }

  @Override
  public String toString() {
    if (dtype == DType.BOOL) {
      return integer != 0 ? "True" : "False";
    }
    return dtype.isFloating() ? Double.toString(floating) : Long.toString(integer);
  }
}
