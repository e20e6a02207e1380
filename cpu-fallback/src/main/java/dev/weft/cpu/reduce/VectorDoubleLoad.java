package dev.weft.cpu.reduce;

import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.I2D;
import static jdk.incubator.vector.VectorOperators.L2D;

import dev.weft.cpu.memory.Memory;
import dev.weft.cpu.vector.Lanes;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;

/**
 * How a vector of float64 is read; apart from {@link DoubleLoad}, which works without the Vector
 * API.
 */
enum VectorDoubleLoad {
  FLOAT64 {
    @Override
    DoubleVector load(Lanes lanes, long address) {
      return DoubleVector.fromMemorySegment(lanes.float64(), Memory.ALL, address, Memory.ORDER);
    }
  },
  FLOAT32 {
    @Override
    DoubleVector load(Lanes lanes, long address) {
      return (DoubleVector)
          FloatVector.fromMemorySegment(lanes.halfFloat32(), Memory.ALL, address, Memory.ORDER)
              .convertShape(F2D, lanes.float64(), 0);
    }
  },
  INT64 {
    @Override
    DoubleVector load(Lanes lanes, long address) {
      return (DoubleVector)
          LongVector.fromMemorySegment(lanes.int64(), Memory.ALL, address, Memory.ORDER)
              .convert(L2D, 0);
    }
  },
  INT32 {
    @Override
    DoubleVector load(Lanes lanes, long address) {
      return (DoubleVector)
          IntVector.fromMemorySegment(lanes.halfInt32(), Memory.ALL, address, Memory.ORDER)
              .convertShape(I2D, lanes.float64(), 0);
    }
  };

  abstract DoubleVector load(Lanes lanes, long address);

  static VectorDoubleLoad of(DoubleLoad scalar) {
    return valueOf(scalar.name());
  }
}
