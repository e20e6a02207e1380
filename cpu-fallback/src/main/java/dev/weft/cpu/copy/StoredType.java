package dev.weft.cpu.copy;

import dev.weft.cpu.memory.Memory;

/** A type of elements in memory, and how single ones are read and written. */
public enum StoredType {
  /** A byte, 0 or 1. */
  BOOL(1),
  INT8(1),
  UINT8(1),
  INT16(2),
  UINT16(2),
  INT32(4),
  UINT32(4),
  INT64(8),
  UINT64(8),
  FLOAT32(4),
  FLOAT64(8);

  private final int bytes;

  StoredType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of an element. */
  public int bytes() {
    return bytes;
  }

  /** Whether it holds floating-point numbers. */
  public boolean floating() {
    return this == FLOAT32 || this == FLOAT64;
  }

  double readFloating(long address) {
    return this == FLOAT64 ? Memory.getDouble(address) : Memory.getFloat(address);
  }

  /** Reads an integer; that of a {@link #UINT64} beyond 2^63 comes out negative. */
  long readInteger(long address) {
    return switch (this) {
      case BOOL, INT8 -> Memory.getByte(address);
      case UINT8 -> Memory.getByte(address) & 0xFF;
      case INT16 -> Memory.getShort(address);
      case UINT16 -> Memory.getShort(address) & 0xFFFF;
      case INT32 -> Memory.getInt(address);
      case UINT32 -> Memory.getInt(address) & 0xFFFFFFFFL;
      case INT64, UINT64 -> Memory.getLong(address);
      case FLOAT32, FLOAT64 -> throw new IllegalArgumentException(this + " is no integer type");
    };
  }

  /** Writes the low bits of an integer. */
  void writeInteger(long address, long value) {
    switch (bytes) {
      case 1 -> Memory.putByte(address, (byte) value);
      case 2 -> Memory.putShort(address, (short) value);
      case 4 -> Memory.putInt(address, (int) value);
      default -> Memory.putLong(address, value);
    }
  }
}
