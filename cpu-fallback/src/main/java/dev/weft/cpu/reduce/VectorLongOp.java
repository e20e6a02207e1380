package dev.weft.cpu.reduce;

import jdk.incubator.vector.LongVector;

/**
 * How two vectors of int64 become one; apart from {@link LongOp}, which works without the Vector
 * API.
 */
enum VectorLongOp {
  SUM {
    @Override
    LongVector apply(LongVector a, LongVector b) {
      return a.add(b);
    }
  },
  PROD {
    @Override
    LongVector apply(LongVector a, LongVector b) {
      return a.mul(b);
    }
  },
  MIN {
    @Override
    LongVector apply(LongVector a, LongVector b) {
      return a.min(b);
    }
  },
  MAX {
    @Override
    LongVector apply(LongVector a, LongVector b) {
      return a.max(b);
    }
  };

  abstract LongVector apply(LongVector a, LongVector b);

  static VectorLongOp of(LongOp scalar) {
    return valueOf(scalar.name());
  }
}
