package dev.weft.cpu.reduce;

import dev.weft.cpu.memory.Memory;
import dev.weft.cpu.vector.Lanes;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;

/** How elements of a type are read as int64, one or a vector full of them. */
enum LongLoad {
  INT64(8) {
    @Override
    long load(long address) {
      return Memory.getLong(address);
    }

    @Override
    LongVector load(Lanes lanes, long address) {
      return LongVector.fromMemorySegment(lanes.int64(), Memory.ALL, address, Memory.ORDER);
    }
  },
  INT32(4) {
    @Override
    long load(long address) {
      return Memory.getInt(address);
    }

    @Override
    LongVector load(Lanes lanes, long address) {
      return (LongVector)
          IntVector.fromMemorySegment(lanes.halfInt32(), Memory.ALL, address, Memory.ORDER)
              .castShape(lanes.int64(), 0);
    }
  };

  final int bytes;

  LongLoad(int bytes) {
    this.bytes = bytes;
  }

  abstract long load(long address);

  abstract LongVector load(Lanes lanes, long address);

  static LongLoad of(Element element) {
    return valueOf(element.name());
  }
}
