package dev.weft.core.routine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.HalfFloats;
import dev.weft.core.error.InternalException;
import java.lang.foreign.MemorySegment;

/**
 * Elements as signed integers in the same order, which the JDK sorts with vectors: -inf, negative
 * numbers, -0.0, 0.0, positive numbers, inf, NaN. Types of up to four bytes fit in 32 bits.
 */
final class Keys {
  private static final int HALF_INFINITY = 0x7c00;
  private static final int HALF_NAN = 0x7e00;
  private static final int NAN = 0x7fc0_0000;
  private static final long WIDE_NAN = 0x7ff8_0000_0000_0000L;

  private Keys() {}

  /** Whether keys of the type fit in 32 bits. */
  static boolean isNarrow(DType dtype) {
    return dtype.itemSize() <= Integer.BYTES;
  }

  /** The key of NaN. */
  static long nan(DType floating) {
    return switch (floating.itemSize()) {
      case Short.BYTES -> HALF_NAN;
      case Integer.BYTES -> NAN;
      default -> WIDE_NAN;
    };
  }

  /** The key of the element at a byte offset. */
  static long at(DType dtype, MemorySegment memory, long offset) {
    return switch (dtype) {
      case BOOL, INT8 -> memory.get(JAVA_BYTE, offset);
      case UINT8 -> memory.get(JAVA_BYTE, offset) & 0xFF;
      case INT16 -> memory.get(JAVA_SHORT_UNALIGNED, offset);
      case UINT16 -> memory.get(JAVA_SHORT_UNALIGNED, offset) & 0xFFFF;
      case INT32 -> memory.get(JAVA_INT_UNALIGNED, offset);
      case UINT32 -> memory.get(JAVA_INT_UNALIGNED, offset) ^ Integer.MIN_VALUE;
      case INT64 -> memory.get(JAVA_LONG_UNALIGNED, offset);
      case UINT64 -> memory.get(JAVA_LONG_UNALIGNED, offset) ^ Long.MIN_VALUE;
      case FLOAT16 -> ofHalf(memory.get(JAVA_SHORT_UNALIGNED, offset));
      case FLOAT32 -> ofFloat(memory.get(JAVA_INT_UNALIGNED, offset));
      case FLOAT64 -> ofDouble(memory.get(JAVA_LONG_UNALIGNED, offset));
      case COMPLEX64, COMPLEX128 -> throw unordered(dtype);
    };
  }

  /** The number that a key stands for, the nearest one of float64. */
  static double value(DType dtype, long key) {
    return switch (dtype) {
      case BOOL, INT8, UINT8, INT16, UINT16, INT32, INT64 -> key;
      case UINT32 -> ((int) key ^ Integer.MIN_VALUE) & 0xFFFF_FFFFL;
      case UINT64 -> unsigned(key ^ Long.MIN_VALUE);
      case FLOAT16 -> HalfFloats.of(half((int) key));
      case FLOAT32 -> Float.intBitsToFloat((int) key ^ (int) key >> 31 & Integer.MAX_VALUE);
      case FLOAT64 -> Double.longBitsToDouble(key ^ key >> 63 & Long.MAX_VALUE);
      case COMPLEX64, COMPLEX128 -> throw unordered(dtype);
    };
  }

  private static double unsigned(long bits) {
    // Half of it, rounded to odd, twice.
    return bits >= 0 ? bits : ((double) (bits >>> 1 | bits & 1)) * 2;
  }

  private static int ofHalf(short bits) {
    int known = (bits & Short.MAX_VALUE) > HALF_INFINITY ? HALF_NAN : bits;
    return known ^ (known >> 31 & Short.MAX_VALUE);
  }

  private static short half(int key) {
    return (short) (key ^ (key >> 31 & Short.MAX_VALUE));
  }

  private static int ofFloat(int bits) {
    int known = (bits & Integer.MAX_VALUE) > 0x7f80_0000 ? NAN : bits;
    return known ^ (known >> 31 & Integer.MAX_VALUE);
  }

  private static long ofDouble(long bits) {
    long known = (bits & Long.MAX_VALUE) > 0x7ff0_0000_0000_0000L ? WIDE_NAN : bits;
    return known ^ (known >> 63 & Long.MAX_VALUE);
  }

  /** Reads {@code n} elements {@code step} bytes apart as the keys from {@code start} on. */
  static void load(
      DType dtype, MemorySegment memory, long offset, long step, int[] keys, int start, int n) {
    switch (dtype) {
      case INT32, UINT32, FLOAT32 -> {
        if (step == Integer.BYTES) {
          MemorySegment.copy(memory, JAVA_INT_UNALIGNED, offset, keys, start, n);
        } else {
          for (int i = 0; i < n; i++) {
            keys[start + i] = memory.get(JAVA_INT_UNALIGNED, offset + i * step);
          }
        }
        turn(dtype, keys, start, start + n);
      }
      case BOOL, INT8, UINT8, INT16, UINT16, FLOAT16 -> {
        for (int i = 0; i < n; i++) {
          keys[start + i] = (int) at(dtype, memory, offset + i * step);
        }
      }
      case INT64, UINT64, FLOAT64, COMPLEX64, COMPLEX128 -> throw unordered(dtype);
    }
  }

  /** Reads {@code n} elements {@code step} bytes apart as the keys from {@code start} on. */
  static void load(
      DType dtype, MemorySegment memory, long offset, long step, long[] keys, int start, int n) {
    if (isNarrow(dtype)) {
      for (int i = 0; i < n; i++) {
        keys[start + i] = at(dtype, memory, offset + i * step);
      }
      return;
    }
    if (step == Long.BYTES) {
      MemorySegment.copy(memory, JAVA_LONG_UNALIGNED, offset, keys, start, n);
    } else {
      for (int i = 0; i < n; i++) {
        keys[start + i] = memory.get(JAVA_LONG_UNALIGNED, offset + i * step);
      }
    }
    turn(dtype, keys, start, start + n);
  }

  private static void turn(DType dtype, int[] keys, int from, int to) {
    if (dtype == DType.UINT32) {
      for (int i = from; i < to; i++) {
        keys[i] ^= Integer.MIN_VALUE;
      }
    } else if (dtype == DType.FLOAT32) {
      for (int i = from; i < to; i++) {
        keys[i] = ofFloat(keys[i]);
      }
    }
  }

  private static void turn(DType dtype, long[] keys, int from, int to) {
    if (dtype == DType.UINT64) {
      for (int i = from; i < to; i++) {
        keys[i] ^= Long.MIN_VALUE;
      }
    } else if (dtype == DType.FLOAT64) {
      for (int i = from; i < to; i++) {
        keys[i] = ofDouble(keys[i]);
      }
    }
  }

  /** Writes elements {@code step} bytes apart. What keys were made of is not kept. */
  static void store(int[] keys, int n, DType dtype, MemorySegment memory, long offset, long step) {
    switch (dtype) {
      case BOOL, INT8, UINT8 -> {
        for (int i = 0; i < n; i++) {
          memory.set(JAVA_BYTE, offset + i * step, (byte) keys[i]);
        }
      }
      case INT16, UINT16 -> {
        for (int i = 0; i < n; i++) {
          memory.set(JAVA_SHORT_UNALIGNED, offset + i * step, (short) keys[i]);
        }
      }
      case FLOAT16 -> {
        for (int i = 0; i < n; i++) {
          memory.set(JAVA_SHORT_UNALIGNED, offset + i * step, half(keys[i]));
        }
      }
      case INT32, UINT32, FLOAT32 -> {
        back(dtype, keys, n);
        if (step == Integer.BYTES) {
          MemorySegment.copy(keys, 0, memory, JAVA_INT_UNALIGNED, offset, n);
        } else {
          for (int i = 0; i < n; i++) {
            memory.set(JAVA_INT_UNALIGNED, offset + i * step, keys[i]);
          }
        }
      }
      case INT64, UINT64, FLOAT64, COMPLEX64, COMPLEX128 -> throw unordered(dtype);
    }
  }

  /** The way back is the way there. */
  private static void back(DType dtype, int[] keys, int n) {
    if (dtype == DType.UINT32) {
      turn(dtype, keys, 0, n);
    } else if (dtype == DType.FLOAT32) {
      for (int i = 0; i < n; i++) {
        keys[i] ^= keys[i] >> 31 & Integer.MAX_VALUE;
      }
    }
  }

  /** Writes elements {@code step} bytes apart. What keys were made of is not kept. */
  static void store(long[] keys, int n, DType dtype, MemorySegment memory, long offset, long step) {
    if (dtype == DType.UINT64) {
      turn(dtype, keys, 0, n);
    } else if (dtype == DType.FLOAT64) {
      for (int i = 0; i < n; i++) {
        keys[i] ^= keys[i] >> 63 & Long.MAX_VALUE;
      }
    }
    if (step == Long.BYTES) {
      MemorySegment.copy(keys, 0, memory, JAVA_LONG_UNALIGNED, offset, n);
    } else {
      for (int i = 0; i < n; i++) {
        memory.set(JAVA_LONG_UNALIGNED, offset + i * step, keys[i]);
      }
    }
  }

  private static InternalException unordered(DType dtype) {
    return new InternalException("keys of this width for " + dtype);
  }
}
