package dev.weft.cpu.reduce;

import jdk.incubator.vector.DoubleVector;

/**
 * How two vectors of float64 become one; apart from {@link DoubleOp}, which works without the
 * Vector API.
 */
enum VectorDoubleOp {
  SUM {
    @Override
    DoubleVector apply(DoubleVector a, DoubleVector b) {
      return a.add(b);
    }
  },
  PROD {
    @Override
    DoubleVector apply(DoubleVector a, DoubleVector b) {
      return a.mul(b);
    }
  },
  MIN {
    @Override
    DoubleVector apply(DoubleVector a, DoubleVector b) {
      return a.min(b);
    }
  },
  MAX {
    @Override
    DoubleVector apply(DoubleVector a, DoubleVector b) {
      return a.max(b);
    }
  };

  abstract DoubleVector apply(DoubleVector a, DoubleVector b);

  static VectorDoubleOp of(DoubleOp scalar) {
    return valueOf(scalar.name());
  }
}
