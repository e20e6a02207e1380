package dev.weft.io.csv;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.HalfFloats;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Elements as the shortest text that reads as the same number again. */
final class NumberText {
  private NumberText() {}

  /** Appends an element of dense memory; bool as 0 or 1, NaN as {@code nan}. */
  static void append(MemorySegment data, DType dtype, long i, StringBuilder text) {
    switch (dtype) {
      case BOOL -> text.append(data.get(ValueLayout.JAVA_BYTE, i) == 0 ? 0 : 1);
      case INT8 -> text.append(data.get(ValueLayout.JAVA_BYTE, i));
      case UINT8 -> text.append(data.get(ValueLayout.JAVA_BYTE, i) & 0xFF);
      case INT16 -> text.append(data.get(ValueLayout.JAVA_SHORT_UNALIGNED, 2 * i));
      case UINT16 -> text.append(data.get(ValueLayout.JAVA_SHORT_UNALIGNED, 2 * i) & 0xFFFF);
      case INT32 -> text.append(data.get(ValueLayout.JAVA_INT_UNALIGNED, 4 * i));
      case UINT32 -> text.append(data.get(ValueLayout.JAVA_INT_UNALIGNED, 4 * i) & 0xFFFF_FFFFL);
      case INT64 -> text.append(data.get(ValueLayout.JAVA_LONG_UNALIGNED, 8 * i));
      case UINT64 ->
          text.append(Long.toUnsignedString(data.get(ValueLayout.JAVA_LONG_UNALIGNED, 8 * i)));
      case FLOAT16 ->
          append(HalfFloats.of(data.get(ValueLayout.JAVA_SHORT_UNALIGNED, 2 * i)), text);
      case FLOAT32 -> append(data.get(ValueLayout.JAVA_FLOAT_UNALIGNED, 4 * i), text);
      case FLOAT64 -> {
        double value = data.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, 8 * i);
        text.append(Double.isFinite(value) ? Double.toString(value) : word(value));
      }
      case COMPLEX64, COMPLEX128 -> throw new IllegalArgumentException(dtype + " has no text here");
    }
  }

  private static void append(float value, StringBuilder text) {
    text.append(Float.isFinite(value) ? Float.toString(value) : word(value));
  }

  private static String word(double value) {
    return Double.isNaN(value) ? "nan" : value < 0 ? "-inf" : "inf";
  }
}
