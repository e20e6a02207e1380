package dev.weft.core.routine;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.HalfFloats;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The value between two elements, by NumPy's formula. */
final class QuantileValue {
  private QuantileValue() {}

  /** Writes NaN. */
  static void nan(DType dtype, MemorySegment memory, long at) {
    floating(dtype, memory, at, Double.NaN);
  }

  /**
   * Writes the value between the elements of two keys: one of them exactly, or what is computed as
   * float64 and rounded once.
   *
   * @param middle whether it is the mean of both
   */
  static void put(
      DType dtype,
      long lower,
      long upper,
      QuantileMethod.Place place,
      boolean middle,
      DType result,
      MemorySegment memory,
      long at) {
    if (place.lower() == place.upper() && result == dtype) {
      if (Keys.isNarrow(dtype)) {
        Keys.store(new int[] {(int) lower}, 1, dtype, memory, at, 0);
      } else {
        Keys.store(new long[] {lower}, 1, dtype, memory, at, 0);
      }
      return;
    }
    double a = Keys.value(dtype, lower);
    double b = Keys.value(dtype, upper);
    double difference = dtype.isFloating() ? b - a : upper - lower;
    double weight = place.weight();
    double between = weight >= 0.5 ? b - difference * (1 - weight) : a + difference * weight;
    floating(result, memory, at, middle ? (a + b) / 2 : between);
  }

  private static void floating(DType dtype, MemorySegment memory, long at, double value) {
    switch (dtype) {
      case FLOAT16 ->
          memory.set(
              ValueLayout.JAVA_SHORT_UNALIGNED, at, HalfFloats.bits((float) dtype.round(value)));
      case FLOAT32 -> memory.set(ValueLayout.JAVA_FLOAT_UNALIGNED, at, (float) value);
      default -> memory.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, at, value);
    }
  }
}
