package dev.weft.io;

import dev.weft.core.dtype.DType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Numbers of attributes, in the types that files give them. */
public final class AttributeNumber {
  /** What is compared with elements has their type. */
  private static final Set<String> OF_ELEMENTS =
      Set.of("_FillValue", "missing_value", "valid_min", "valid_max", "valid_range");

  private AttributeNumber() {}

  /** Whether what has this name is compared with elements, and so has their type. */
  public static boolean isOfElements(String name) {
    return OF_ELEMENTS.contains(name);
  }

  /** The type of an attribute of other numbers, or of truth values: int8, int64 or float64. */
  public static DType type(List<?> values) {
    if (values.stream().allMatch(each -> each instanceof Boolean) && !values.isEmpty()) {
      return DType.INT8;
    }
    return values.stream().anyMatch(each -> each instanceof Double) ? DType.FLOAT64 : DType.INT64;
  }

  /**
   * A value as a number of a type: a Byte, Short, Integer, Long, Float or Double of its bits. None
   * where the type does not hold it, or it is no number.
   *
   * @param value a number; a truth value, which is 1 or 0; the text NaN
   */
  public static Optional<Number> of(DType dtype, Object value) {
    return switch (value) {
      case Boolean truth -> of(dtype, truth ? 1L : 0L);
      case Integer number -> of(dtype, number.longValue());
      case Long number -> ofInteger(dtype, number);
      case Double number -> ofDouble(dtype, number);
      case String text when text.equals("NaN") -> ofDouble(dtype, Double.NaN);
      default -> Optional.empty();
    };
  }

  private static Optional<Number> ofDouble(DType dtype, double number) {
    return switch (dtype) {
      case FLOAT32 -> Optional.of((float) number);
      case FLOAT64 -> Optional.of(number);
      // Of 2^63 and more the long is another number.
      default ->
          number == (long) number && Math.abs(number) < 0x1p63
              ? ofInteger(dtype, (long) number)
              : Optional.empty();
    };
  }

  private static Optional<Number> ofInteger(DType dtype, long number) {
    return switch (dtype) {
      case INT8 -> when(number == (byte) number, (byte) number);
      case INT16 -> when(number == (short) number, (short) number);
      case INT32 -> when(number == (int) number, (int) number);
      case INT64 -> Optional.of(number);
      case UINT8 -> when(number >>> Byte.SIZE == 0, (byte) number);
      case UINT16 -> when(number >>> Short.SIZE == 0, (short) number);
      case UINT32 -> when(number >>> Integer.SIZE == 0, (int) number);
      case UINT64 -> when(number >= 0, number);
      case FLOAT32 -> Optional.of((float) number);
      case FLOAT64 -> Optional.of((double) number);
      case BOOL, FLOAT16, COMPLEX64, COMPLEX128 -> Optional.empty();
    };
  }

  private static Optional<Number> when(boolean holds, Number number) {
    return holds ? Optional.of(number) : Optional.empty();
  }
}
