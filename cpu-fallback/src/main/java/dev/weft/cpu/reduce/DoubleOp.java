package dev.weft.cpu.reduce;

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
  },
  PROD(1, 1) {
    @Override
    double apply(double a, double b) {
      return a * b;
    }
  },
  MIN(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY) {
    @Override
    double apply(double a, double b) {
      return Math.min(a, b);
    }
  },
  MAX(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY) {
    @Override
    double apply(double a, double b) {
      return Math.max(a, b);
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

  /** Combines lanes by halves; absent ones hold the identity, which changes nothing. */
  final double halve(double[] lane, int lanes) {
    for (int half = lanes / 2; half > 0; half /= 2) {
      for (int l = 0; l < half; l++) {
        lane[l] = apply(lane[l], lane[l + half]);
      }
    }
    return canonical(lane[0]);
  }

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
