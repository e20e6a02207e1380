package dev.weft.kernels.cuda;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.error.InternalException;

/** Element types, conversions and constants as CUDA C. */
final class CudaType {
  private CudaType() {}

  /** The type in which values of {@code dtype} are held. */
  static String of(DType dtype) {
    return switch (dtype) {
      case BOOL -> "bool";
      case INT8 -> "signed char";
      case INT16 -> "short";
      case INT32 -> "int";
      case INT64 -> "long long";
      case UINT8 -> "unsigned char";
      case UINT16 -> "unsigned short";
      case UINT32 -> "unsigned int";
      case FLOAT16 -> "weft_half";
      case FLOAT32 -> "float";
      case FLOAT64 -> "double";
      case UINT64 -> "unsigned long long";
      case COMPLEX64, COMPLEX128 ->
          throw new InternalException("dtype %s has no kernels".formatted(dtype));
    };
  }

  /** The type of elements in memory: any byte but 0 is true, which a bool could not hold. */
  static String stored(DType dtype) {
    return dtype == DType.BOOL ? "unsigned char" : of(dtype);
  }

  /** The type in which values of {@code dtype} are reduced. */
  static String wide(DType dtype) {
    return dtype.isFloating() ? "double" : "long long";
  }

  /** A value of type {@code from} as {@code to}; as {@code Interpretation.convert}. */
  static String convert(String value, DType from, DType to) {
    if (from == to) {
      return value;
    }
    if (from == DType.FLOAT16) {
      return convert("(float) " + value, DType.FLOAT32, to);
    }
    if (to == DType.BOOL) {
      return value + " != 0";
    }
    if (from.isFloating() && to.isInteger()) {
      String whole =
          switch (to) {
            case UINT64 -> "weft_to_unsigned_long";
            case INT64, UINT32 -> "weft_to_long";
            default -> "weft_to_int";
          };
      return "(%s) %s(%s)".formatted(of(to), whole, value);
    }
    if (to == DType.FLOAT16 && !from.isFloating()) {
      return "(weft_half) (float) " + value;
    }
    return "(%s) %s".formatted(of(to), value);
  }

  /** Word {@code word} of the launch, an expression, as a scalar of {@code dtype}. */
  static String scalar(String word, DType dtype) {
    return switch (dtype) {
      case FLOAT64 -> "__longlong_as_double(%s)".formatted(word);
      case FLOAT16 -> "(weft_half) __longlong_as_double(%s)".formatted(word);
      case FLOAT32 -> "(float) __longlong_as_double(%s)".formatted(word);
      case BOOL -> word + " != 0";
      default -> "(%s) %s".formatted(of(dtype), word);
    };
  }

  /** A constant. */
  static String literal(Scalar x) {
    if (x.dtype() == DType.BOOL) {
      return x.integer() != 0 ? "true" : "false";
    }
    if (x.dtype() == DType.UINT64) {
      return x.dtype().digits(x.integer()) + "ull";
    }
    if (!x.dtype().isFloating()) {
      return x.integer() == Long.MIN_VALUE
          ? "(-9223372036854775807ll - 1)"
          : "(%s) %dll".formatted(of(x.dtype()), x.integer());
    }
    double value = x.floating();
    String text =
        Double.isNaN(value)
            ? "WEFT_NAN"
            : Double.isInfinite(value)
                ? (value < 0 ? "-" : "") + "WEFT_INFINITY"
                : Double.toString(value);
    return x.dtype() == DType.FLOAT64 ? text : "(%s) %s".formatted(of(x.dtype()), text);
  }
}
