package dev.weft.cpu.reduce;

import dev.weft.cpu.memory.Memory;
import dev.weft.cpu.vector.Lanes;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;

/**
 * How a vector of int64 is read; apart from {@link LongLoad}, which works without the Vector API.
 */
enum VectorLongLoad {
  INT64 {
    @Override
    LongVector load(Lanes lanes, long address) {
      return LongVector.fromMemorySegment(lanes.int64(), Memory.ALL, address, Memory.ORDER);
    }
  },
  INT32 {
    @Override
    LongVector load(Lanes lanes, long address) {
      return (LongVector)
          IntVector.fromMemorySegment(lanes.halfInt32(), Memory.ALL, address, Memory.ORDER)
              .castShape(lanes.int64(), 0);
    }
  };

  abstract LongVector load(Lanes lanes, long address);

  static VectorLongLoad of(LongLoad scalar) {
    return valueOf(scalar.name());
  }
}
