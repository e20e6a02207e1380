package dev.weft.cpu.routine;

import dev.weft.core.dtype.DType;
import dev.weft.cpu.memory.Memory;
import dev.weft.cpu.tile.TileCopy;

/** Strided elements of any type as dense float64 (floating types) or int64 (others), and back. */
final class WideValues {
  private WideValues() {}

  static void load(DType dtype, long from, long step, long to, int n) {
    switch (dtype) {
      case FLOAT64, INT64, UINT64 -> TileCopy.run(from, step, to, 8, n, 8);
      case FLOAT32 -> {
        for (int i = 0; i < n; i++) {
          Memory.putDouble(to + 8L * i, Memory.getFloat(from + i * step));
        }
      }
      case INT32, UINT32 -> {
        long mask = dtype == DType.UINT32 ? 0xFFFF_FFFFL : -1;
        for (int i = 0; i < n; i++) {
          Memory.putLong(to + 8L * i, Memory.getInt(from + i * step) & mask);
        }
      }
      case INT16, UINT16 -> {
        long mask = dtype == DType.UINT16 ? 0xFFFF : -1;
        for (int i = 0; i < n; i++) {
          Memory.putLong(to + 8L * i, Memory.getShort(from + i * step) & mask);
        }
      }
      case BOOL, INT8, UINT8 -> {
        long mask = dtype == DType.INT8 ? -1 : 0xFF;
        for (int i = 0; i < n; i++) {
          Memory.putLong(to + 8L * i, Memory.getByte(from + i * step) & mask);
        }
      }
      case FLOAT16, COMPLEX64, COMPLEX128 ->
          throw new IllegalStateException(dtype + " has no kernels");
    }
  }

  static void store(DType dtype, long from, long to, long step, int n) {
    switch (dtype) {
      case FLOAT64, INT64, UINT64 -> TileCopy.run(from, 8, to, step, n, 8);
      case FLOAT32 -> {
        for (int i = 0; i < n; i++) {
          Memory.putFloat(to + i * step, (float) Memory.getDouble(from + 8L * i));
        }
      }
      case INT32, UINT32 -> {
        for (int i = 0; i < n; i++) {
          Memory.putInt(to + i * step, (int) Memory.getLong(from + 8L * i));
        }
      }
      case INT16, UINT16 -> {
        for (int i = 0; i < n; i++) {
          Memory.putShort(to + i * step, (short) Memory.getLong(from + 8L * i));
        }
      }
      case INT8, UINT8 -> {
        for (int i = 0; i < n; i++) {
          Memory.putByte(to + i * step, (byte) Memory.getLong(from + 8L * i));
        }
      }
      case BOOL -> {
        for (int i = 0; i < n; i++) {
          Memory.putByte(to + i * step, (byte) (Memory.getLong(from + 8L * i) != 0 ? 1 : 0));
        }
      }
      case FLOAT16, COMPLEX64, COMPLEX128 ->
          throw new IllegalStateException(dtype + " has no kernels");
    }
  }
}
