package dev.weft.table.column;

import dev.weft.core.dtype.DType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Copies of Java arrays of primitives. */
final class Gather {
  private Gather() {}

  /** An array of zeros for elements of a type. */
  static Object zeros(DType dtype, int length) {
    return switch (dtype) {
      case BOOL, INT8, UINT8 -> new byte[length];
      case INT16, UINT16, FLOAT16 -> new short[length];
      case INT32, UINT32 -> new int[length];
      case INT64, UINT64 -> new long[length];
      case FLOAT32 -> new float[length];
      case FLOAT64 -> new double[length];
      case COMPLEX64, COMPLEX128 -> throw new IllegalArgumentException(dtype.label());
    };
  }

  /** The elements at these places. */
  static Object values(Object from, int[] rows, int count) {
    switch (from) {
      case byte[] all -> {
        byte[] to = new byte[count];
        for (int i = 0; i < count; i++) {
          to[i] = all[rows[i]];
        }
        return to;
      }
      case short[] all -> {
        short[] to = new short[count];
        for (int i = 0; i < count; i++) {
          to[i] = all[rows[i]];
        }
        return to;
      }
      case int[] all -> {
        int[] to = new int[count];
        for (int i = 0; i < count; i++) {
          to[i] = all[rows[i]];
        }
        return to;
      }
      case long[] all -> {
        long[] to = new long[count];
        for (int i = 0; i < count; i++) {
          to[i] = all[rows[i]];
        }
        return to;
      }
      case float[] all -> {
        float[] to = new float[count];
        for (int i = 0; i < count; i++) {
          to[i] = all[rows[i]];
        }
        return to;
      }
      case double[] all -> {
        double[] to = new double[count];
        for (int i = 0; i < count; i++) {
          to[i] = all[rows[i]];
        }
        return to;
      }
      default -> throw unknown(from);
    }
  }

  private static IllegalArgumentException unknown(Object values) {
    return new IllegalArgumentException(values.getClass().getName());
  }

  /** A part of an array. */
  static Object slice(Object values, int from, int to) {
    return switch (values) {
      case byte[] all -> Arrays.copyOfRange(all, from, to);
      case short[] all -> Arrays.copyOfRange(all, from, to);
      case int[] all -> Arrays.copyOfRange(all, from, to);
      case long[] all -> Arrays.copyOfRange(all, from, to);
      case float[] all -> Arrays.copyOfRange(all, from, to);
      case double[] all -> Arrays.copyOfRange(all, from, to);
      default -> throw unknown(values);
    };
  }

  /** An array as bytes, in native order. */
  static MemorySegment memory(Object values) {
    return switch (values) {
      case byte[] all -> MemorySegment.ofArray(all);
      case short[] all -> MemorySegment.ofArray(all);
      case int[] all -> MemorySegment.ofArray(all);
      case long[] all -> MemorySegment.ofArray(all);
      case float[] all -> MemorySegment.ofArray(all);
      case double[] all -> MemorySegment.ofArray(all);
      default -> throw unknown(values);
    };
  }
}
