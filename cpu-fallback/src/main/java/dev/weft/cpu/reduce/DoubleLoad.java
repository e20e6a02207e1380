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

/** How elements of a type are read as float64, one or a vector full of them. */
enum DoubleLoad {
  FLOAT64(8) {
    @Override
    double load(long address) {
      return Memory.getDouble(address);
    }

    @Override
    DoubleVector load(Lanes lanes, long address) {
      return DoubleVector.fromMemorySegment(lanes.float64(), Memory.ALL, address, Memory.ORDER);
    }
  },
  FLOAT32(4) {
    @Override
    double load(long address) {
      return Memory.getFloat(address);
    }

    @Override
    DoubleVector load(Lanes lanes, long address) {
      return (DoubleVector)
          FloatVector.fromMemorySegment(lanes.halfFloat32(), Memory.ALL, address, Memory.ORDER)
              .convertShape(F2D, lanes.float64(), 0);
    }
  },
  INT64(8) {
    @Override
    double load(long address) {
      return Memory.getLong(address);
    }

    @Override
    DoubleVector load(Lanes lanes, long address) {
      return (DoubleVector)
          LongVector.fromMemorySegment(lanes.int64(), Memory.ALL, address, Memory.ORDER)
              .convert(L2D, 0);
    }
  },
  INT32(4) {
    @Override
    double load(long address) {
      return Memory.getInt(address);
    }

    @Override
    DoubleVector load(Lanes lanes, long address) {
      return (DoubleVector)
          IntVector.fromMemorySegment(lanes.halfInt32(), Memory.ALL, address, Memory.ORDER)
              .convertShape(I2D, lanes.float64(), 0);
    }
  };

  final int bytes;

  DoubleLoad(int bytes) {
    this.bytes = bytes;
  }

  abstract double load(long address);

  abstract DoubleVector load(Lanes lanes, long address);

  static DoubleLoad of(Element element) {
    return valueOf(element.name());
  }
}
