package dev.weft.cpu.reduce;

/** How two int64 become one; sums and products wrap around. */
enum LongOp {
  SUM(0) {
    @Override
    long apply(long a, long b) {
      return a + b;
    }
  },
  PROD(1) {
    @Override
    long apply(long a, long b) {
      return a * b;
    }
  },
  MIN(Long.MAX_VALUE) {
    @Override
    long apply(long a, long b) {
      return Math.min(a, b);
    }
  },
  MAX(Long.MIN_VALUE) {
    @Override
    long apply(long a, long b) {
      return Math.max(a, b);
    }
  };

  final long identity;

  LongOp(long identity) {
    this.identity = identity;
  }

  abstract long apply(long a, long b);

  /** Combines lanes by halves; absent ones hold the identity, which changes nothing. */
  final long halve(long[] lane, int lanes) {
    for (int half = lanes / 2; half > 0; half /= 2) {
      for (int l = 0; l < half; l++) {
        lane[l] = apply(lane[l], lane[l + half]);
      }
    }
    return lane[0];
  }

  static LongOp of(ReduceKind kind) {
    return valueOf(kind.name());
  }

  static LongOp extreme(ReduceKind kind) {
    return kind == ReduceKind.ARGMIN ? MIN : MAX;
  }
}
