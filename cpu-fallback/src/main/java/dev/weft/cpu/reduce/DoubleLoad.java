package dev.weft.cpu.reduce;

import dev.weft.cpu.memory.Memory;

/** How elements of a type are read as float64. */
enum DoubleLoad {
  FLOAT64(8) {
    @Override
    double load(long address) {
      return Memory.getDouble(address);
    }
  },
  FLOAT32(4) {
    @Override
    double load(long address) {
      return Memory.getFloat(address);
    }
  },
  INT64(8) {
    @Override
    double load(long address) {
      return Memory.getLong(address);
    }
  },
  INT32(4) {
    @Override
    double load(long address) {
      return Memory.getInt(address);
    }
  };

  final int bytes;

  DoubleLoad(int bytes) {
    this.bytes = bytes;
  }

  abstract double load(long address);

  static DoubleLoad of(Element element) {
    return valueOf(element.name());
  }
}
