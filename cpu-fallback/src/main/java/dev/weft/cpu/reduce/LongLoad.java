package dev.weft.cpu.reduce;

import dev.weft.cpu.memory.Memory;

/** How elements of a type are read as int64. */
enum LongLoad {
  INT64(8) {
    @Override
    long load(long address) {
      return Memory.getLong(address);
    }
  },
  INT32(4) {
    @Override
    long load(long address) {
      return Memory.getInt(address);
    }
  };

  final int bytes;

  LongLoad(int bytes) {
    this.bytes = bytes;
  }

  abstract long load(long address);

  static LongLoad of(Element element) {
    return valueOf(element.name());
  }
}
