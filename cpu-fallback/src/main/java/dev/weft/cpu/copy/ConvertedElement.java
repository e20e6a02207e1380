package dev.weft.cpu.copy;

import dev.weft.cpu.memory.Memory;

/** What converting one element means; with constant types it is a few instructions. */
final class ConvertedElement {
  private ConvertedElement() {}

  static void convert(StoredType from, long source, StoredType to, long target) {
    if (from.floating()) {
      fromFloating(from.readFloating(source), to, target);
    } else {
      fromInteger(from, from.readInteger(source), to, target);
    }
  }

  private static void fromFloating(double value, StoredType to, long target) {
    switch (to) {
      case FLOAT64 -> Memory.putDouble(target, value);
      case FLOAT32 -> Memory.putFloat(target, (float) value);
      case BOOL -> Memory.putByte(target, (byte) (value != 0 ? 1 : 0));
      case INT32 -> Memory.putInt(target, (int) value);
      case UINT64 -> Memory.putLong(target, unsigned(value));
      default -> to.writeInteger(target, (long) value);
    }
  }

  private static long unsigned(double value) {
    return value < 0x1p63 || value != value
        ? (long) value
        : (long) Math.min(value - 0x1p63, 0x1.fffffffffffffp62) ^ Long.MIN_VALUE;
  }

  private static void fromInteger(StoredType from, long value, StoredType to, long target) {
    boolean beyond = from == StoredType.UINT64 && value < 0;
    switch (to) {
      // Half of the number, with a last bit that says whether anything was cut, rounds alike.
      case FLOAT64 ->
          Memory.putDouble(target, beyond ? 2.0 * (value >>> 1 | value & 1) : (double) value);
      case FLOAT32 ->
          Memory.putFloat(target, beyond ? 2.0f * (value >>> 1 | value & 1) : (float) value);
      case BOOL -> Memory.putByte(target, (byte) (value != 0 ? 1 : 0));
      default -> to.writeInteger(target, value);
    }
  }
}
