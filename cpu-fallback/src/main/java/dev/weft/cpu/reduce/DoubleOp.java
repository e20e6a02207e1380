package dev.weft.cpu.reduce;

import jdk.incubator.vector.DoubleVector;

/**
 * How two float64 become one. Combining with the identity changes no bit of any number: hence -0,
 * not 0, for sums.
 */
enum DoubleOp {
  SUM(-0.0, 0.0) {
    @Override
    double apply(double a, double b) {
      return a + b;
    }

    @Override
    DoubleVector apply(DoubleVector a, DoubleVector b) {
      return a.add(b);
    }
  },
  PROD(1, 1) {
    @Override
    double apply(double a, double b) {
      return a * b;
    }

    @Override
    DoubleVector apply(DoubleVector a, DoubleVector b) {
      return a.mul(b);
    }
  },
  MIN(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY) {
    @Override
    double apply(double a, double b) {
      return Math.min(a, b);
    }

    @Override
    DoubleVector apply(DoubleVector a, DoubleVector b) {
      return a.min(b);
    }
  },
  MAX(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY) {
    @Override
    double apply(double a, double b) {
      return Math.max(a, b);
    }

    @Override
    DoubleVector apply(DoubleVector a, DoubleVector b) {
      return a.max(b);
    }
  };

  final double identity;

  /** The result for no elements. */
  final double empty;

  DoubleOp(double identity, double empty) {
    this.identity = identity;
    this.empty = empty;
  }

  abstract double apply(double a, double b);

  abstract DoubleVector apply(DoubleVector a, DoubleVector b);

  static DoubleOp of(ReduceKind kind) {
    return valueOf(kind.name());
  }

  static DoubleOp extreme(ReduceKind kind) {
    return kind == ReduceKind.ARGMIN ? MIN : MAX;
  }

  /** The one NaN that results show, whatever the payload was. */
  static double canonical(double value) {
    return Double.isNaN(value) ? Double.NaN : value;
  }
}
