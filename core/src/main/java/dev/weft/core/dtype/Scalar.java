package dev.weft.core.dtype;

import dev.weft.core.error.InternalException;
import dev.weft.core.error.UsageException;

/**
 * One typed number. Integers and bool keep their value in {@code integer}, uint64 its bits;
 * floating types keep theirs in {@code floating}. The other field is 0.
 */
public record Scalar(DType dtype, long integer, double floating) {

  /** The number {@code value} as {@code dtype}; floats are rounded or truncated towards zero. */
  public static Scalar of(DType dtype, double value) {
    return switch (dtype.requireReal("constant").kind()) {
      case BOOL -> new Scalar(dtype, value != 0 ? 1 : 0, 0);
      case SIGNED, UNSIGNED ->
          dtype == DType.UINT64 && value >= 0x1p63 && value < 0x1p64
              ? new Scalar(dtype, UnsignedLongs.of(value), 0)
              : of(dtype, (long) value);
      case FLOATING -> new Scalar(dtype, 0, dtype.round(value));
      case COMPLEX -> throw new InternalException("complex numbers are made of two scalars");
    };
  }

  /** The number {@code value} as {@code dtype}; an integer out of range is refused. */
  public static Scalar of(DType dtype, long value) {
    return switch (dtype.requireReal("constant").kind()) {
      case BOOL -> new Scalar(dtype, value != 0 ? 1 : 0, 0);
      case SIGNED, UNSIGNED -> {
        if (value < dtype.minValue() || value > dtype.maxValue()) {
          throw outOfBounds(dtype, Long.toString(value));
        }
        yield new Scalar(dtype, value, 0);
      }
      case FLOATING ->
          // Not by way of double: a long may be rounded once only.
          new Scalar(dtype, 0, dtype == DType.FLOAT64 ? value : dtype.round((float) value));
      case COMPLEX -> throw new InternalException("complex numbers are made of two scalars");
    };
  }

  /** The unsigned number {@code bits} as {@code dtype}; an integer out of range is refused. */
  public static Scalar ofUnsigned(DType dtype, long bits) {
    if (bits >= 0 || dtype == DType.BOOL) {
      return of(dtype, bits);
    }
    if (dtype.isFloating()) {
      boolean wide = dtype == DType.FLOAT64;
      double value = wide ? UnsignedLongs.toDouble(bits) : UnsignedLongs.toFloat(bits);
      return new Scalar(dtype, 0, dtype.round(value));
    }
    if (dtype != DType.UINT64) {
      throw outOfBounds(dtype, Long.toUnsignedString(bits));
    }
    return new Scalar(dtype, bits, 0);
  }

  private static UsageException outOfBounds(DType dtype, String value) {
    return new UsageException(
        "integer %s is out of bounds for %s (%d to %s); use one within them, or a wider type"
            .formatted(value, dtype, dtype.minValue(), largest(dtype)));
  }

  private static String largest(DType dtype) {
    return dtype.digits(dtype == DType.UINT64 ? -1 : dtype.maxValue());
  }

  /** The value as a double, whatever the type. */
  public double asDouble() {
    if (dtype == DType.UINT64) {
      return UnsignedLongs.toDouble(integer);
    }
    return dtype.isFloating() ? floating : integer;
  }

  /** The value as a long; floats are truncated towards zero, uint64 gives its bits. */
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
    return dtype.isFloating() ? Double.toString(floating) : dtype.digits(integer);
  }
}
