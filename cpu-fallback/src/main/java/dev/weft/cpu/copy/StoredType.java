package dev.weft.cpu.copy;

import dev.weft.cpu.memory.Memory;

/**
 * A type of elements in memory, and how single ones are read, written and converted.
 *
 * <p>One class for each type: where the type is constant, C2 reduces a conversion to a few
 * instructions, which it does not do for a switch.
 */
public enum StoredType {
  /** A byte, 0 or 1. */
  BOOL(1) {
    @Override
    long readInteger(long address) {
      return Memory.getByte(address);
    }

    @Override
    void writeInteger(long address, long value) {
      Memory.putByte(address, (byte) (value != 0 ? 1 : 0));
    }

    @Override
    void writeFloating(long address, double value) {
      Memory.putByte(address, (byte) (value != 0 ? 1 : 0));
    }
  },
  INT8(1) {
    @Override
    long readInteger(long address) {
      return Memory.getByte(address);
    }

    @Override
    void writeInteger(long address, long value) {
      Memory.putByte(address, (byte) value);
    }
  },
  UINT8(1) {
    @Override
    long readInteger(long address) {
      return Memory.getByte(address) & 0xFF;
    }

    @Override
    void writeInteger(long address, long value) {
      Memory.putByte(address, (byte) value);
    }
  },
  INT16(2) {
    @Override
    long readInteger(long address) {
      return Memory.getShort(address);
    }

    @Override
    void writeInteger(long address, long value) {
      Memory.putShort(address, (short) value);
    }
  },
  UINT16(2) {
    @Override
    long readInteger(long address) {
      return Memory.getShort(address) & 0xFFFF;
    }

    @Override
    void writeInteger(long address, long value) {
      Memory.putShort(address, (short) value);
    }
  },
  INT32(4) {
    @Override
    long readInteger(long address) {
      return Memory.getInt(address);
    }

    @Override
    void writeInteger(long address, long value) {
      Memory.putInt(address, (int) value);
    }

    @Override
    void writeFloating(long address, double value) {
      Memory.putInt(address, (int) value);
    }
  },
  UINT32(4) {
    @Override
    long readInteger(long address) {
      return Memory.getInt(address) & 0xFFFFFFFFL;
    }

    @Override
    void writeInteger(long address, long value) {
      Memory.putInt(address, (int) value);
    }
  },
  INT64(8) {
    @Override
    long readInteger(long address) {
      return Memory.getLong(address);
    }

    @Override
    void writeInteger(long address, long value) {
      Memory.putLong(address, value);
    }
  },
  UINT64(8) {
    @Override
    long readInteger(long address) {
      return Memory.getLong(address);
    }

    @Override
    void writeInteger(long address, long value) {
      Memory.putLong(address, value);
    }

    @Override
    void writeFloating(long address, double value) {
      long low = (long) Math.min(value - 0x1p63, 0x1.fffffffffffffp62);
      Memory.putLong(address, value >= 0x1p63 ? low ^ Long.MIN_VALUE : (long) value);
    }
  },
  FLOAT32(4) {
    @Override
    double readFloating(long address) {
      return Memory.getFloat(address);
    }

    @Override
    void writeFloating(long address, double value) {
      Memory.putFloat(address, (float) value);
    }

    @Override
    void writeInteger(long address, long value) {
      Memory.putFloat(address, (float) value);
    }

    @Override
    void writeUnsigned(long address, long value) {
      Memory.putFloat(address, value >= 0 ? (float) value : 2.0f * halved(value));
    }
  },
  FLOAT64(8) {
    @Override
    double readFloating(long address) {
      return Memory.getDouble(address);
    }

    @Override
    void writeFloating(long address, double value) {
      Memory.putDouble(address, value);
    }

    @Override
    void writeInteger(long address, long value) {
      Memory.putDouble(address, (double) value);
    }

    @Override
    void writeUnsigned(long address, long value) {
      Memory.putDouble(address, value >= 0 ? (double) value : 2.0 * halved(value));
    }
  };

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

  /** Converts one element. */
  static void convert(StoredType from, long source, StoredType to, long target) {
    if (from.floating()) {
      to.writeFloating(target, from.readFloating(source));
    } else if (from == UINT64) {
      to.writeUnsigned(target, from.readInteger(source));
    } else {
      to.writeInteger(target, from.readInteger(source));
    }
  }

  /** Reads an element of an integer type; one of {@link #UINT64} beyond 2^63 comes out negative. */
  long readInteger(long address) {
    throw new IllegalArgumentException(this + " is no integer type");
  }

  /** Reads an element of a floating type. */
  double readFloating(long address) {
    throw new IllegalArgumentException(this + " is no floating type");
  }

  /** Writes an integer: its low bits, whether it is 0, or the nearest floating number. */
  abstract void writeInteger(long address, long value);

  /** Writes an integer from 0 to 2^64 - 1. */
  void writeUnsigned(long address, long value) {
    writeInteger(address, value);
  }

  /** Writes a floating number: rounded toward zero, whether it is 0, or the nearest. */
  void writeFloating(long address, double value) {
    writeInteger(address, (long) value);
  }

  /** Half of an unsigned number, with a last bit that says whether more was cut: rounds alike. */
  private static long halved(long value) {
    return value >>> 1 | value & 1;
  }
}
