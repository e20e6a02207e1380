package dev.weft.core.launch;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.weft.core.op.Reduction;
import java.lang.foreign.MemorySegment;

/**
 * Joins two partial results, a block of cells at a time. Each kind has loops of its own over
 * arrays: one loop for all of them over memory segments took C2 to the end of what it inlines, and
 * ran 20 times slower when the program had used several kinds.
 */
interface PartialJoin {
  /**
   * Joins cells {@code from} to {@code from + n} into {@code left}.
   *
   * @param cells cells of a plane
   */
  void join(MemorySegment left, MemorySegment right, long cells, long from, int n);

  /** The join of a reduction, for blocks of at most {@code most} cells; for one thread. */
  static PartialJoin of(Reduction reduction, boolean integer, int most) {
    return switch (reduction) {
      case SUM, PROD, MIN, MAX ->
          integer ? new Longs(reduction, most) : new Doubles(reduction, most);
      case ARGMIN, ARGMAX -> new Positions(reduction == Reduction.ARGMIN, integer, most);
      case MOMENTS -> new Moments(most);
    };
  }

  private static void load(MemorySegment from, long index, double[] to, int n) {
    MemorySegment.copy(from, JAVA_DOUBLE_UNALIGNED, index * Double.BYTES, to, 0, n);
  }

  private static void store(double[] from, MemorySegment to, long index, int n) {
    MemorySegment.copy(from, 0, to, JAVA_DOUBLE_UNALIGNED, index * Double.BYTES, n);
  }

  private static void load(MemorySegment from, long index, long[] to, int n) {
    MemorySegment.copy(from, JAVA_LONG_UNALIGNED, index * Long.BYTES, to, 0, n);
  }

  private static void store(long[] from, MemorySegment to, long index, int n) {
    MemorySegment.copy(from, 0, to, JAVA_LONG_UNALIGNED, index * Long.BYTES, n);
  }

  /** One value a cell, in float64. */
  final class Doubles implements PartialJoin {
    private final Reduction reduction;
    private final double[] a;
    private final double[] b;

    Doubles(Reduction reduction, int most) {
      this.reduction = reduction;
      this.a = new double[most];
      this.b = new double[most];
    }

    @Override
    public void join(MemorySegment left, MemorySegment right, long cells, long from, int n) {
      load(left, from, a, n);
      load(right, from, b, n);
      switch (reduction) {
        case SUM -> add(a, b, n);
        case PROD -> multiply(a, b, n);
        case MIN -> least(a, b, n);
        default -> greatest(a, b, n);
      }
      store(a, left, from, n);
    }

    private static void add(double[] a, double[] b, int n) {
      for (int i = 0; i < n; i++) {
        a[i] += b[i];
      }
    }

    private static void multiply(double[] a, double[] b, int n) {
      for (int i = 0; i < n; i++) {
        a[i] *= b[i];
      }
    }

    private static void least(double[] a, double[] b, int n) {
      for (int i = 0; i < n; i++) {
        a[i] = Math.min(a[i], b[i]);
      }
    }

    private static void greatest(double[] a, double[] b, int n) {
      for (int i = 0; i < n; i++) {
        a[i] = Math.max(a[i], b[i]);
      }
    }
  }

  /** One value a cell, in int64. */
  final class Longs implements PartialJoin {
    private final Reduction reduction;
    private final long[] a;
    private final long[] b;

    Longs(Reduction reduction, int most) {
      this.reduction = reduction;
      this.a = new long[most];
      this.b = new long[most];
    }

    @Override
    public void join(MemorySegment left, MemorySegment right, long cells, long from, int n) {
      load(left, from, a, n);
      load(right, from, b, n);
      for (int i = 0; i < n; i++) {
        a[i] =
            switch (reduction) {
              case SUM -> a[i] + b[i];
              case PROD -> a[i] * b[i];
              case MIN -> Math.min(a[i], b[i]);
              default -> Math.max(a[i], b[i]);
            };
      }
      store(a, left, from, n);
    }
  }

  /** The best value and its position. */
  final class Positions implements PartialJoin {
    private final boolean least;
    private final boolean integer;
    private final long[] a;
    private final long[] b;
    private final long[] placesA;
    private final long[] placesB;

    Positions(boolean least, boolean integer, int most) {
      this.least = least;
      this.integer = integer;
      this.a = new long[most];
      this.b = new long[most];
      this.placesA = new long[most];
      this.placesB = new long[most];
    }

    @Override
    public void join(MemorySegment left, MemorySegment right, long cells, long from, int n) {
      load(left, from, a, n);
      load(right, from, b, n);
      load(left, cells + from, placesA, n);
      load(right, cells + from, placesB, n);
      for (int i = 0; i < n; i++) {
        if (rightWins(i)) {
          a[i] = b[i];
          placesA[i] = placesB[i];
        }
      }
      store(a, left, from, n);
      store(placesA, left, cells + from, n);
    }

    /** Whether the right one is better; NaN is better than all numbers. */
    private boolean rightWins(int i) {
      if (integer) {
        return wins(Long.compare(b[i], a[i]), i);
      }
      double x = Double.longBitsToDouble(a[i]);
      double y = Double.longBitsToDouble(b[i]);
      if (Double.isNaN(x) || Double.isNaN(y)) {
        return Double.isNaN(x) && Double.isNaN(y) ? wins(0, i) : Double.isNaN(y);
      }
      return wins(y < x ? -1 : y > x ? 1 : 0, i);
    }

    /** As good and earlier is better too: several reduced axes interleave. */
    private boolean wins(int order, int i) {
      if (order == 0) {
        return placesB[i] < placesA[i];
      }
      return least ? order < 0 : order > 0;
    }
  }

  /** Chan, Golub and LeVeque (1979): numbers, means and sums of squared deviations of two parts. */
  final class Moments implements PartialJoin {
    private final long[] countsA;
    private final long[] countsB;
    private final double[] meansA;
    private final double[] meansB;
    private final double[] squaresA;
    private final double[] squaresB;

    Moments(int most) {
      this.countsA = new long[most];
      this.countsB = new long[most];
      this.meansA = new double[most];
      this.meansB = new double[most];
      this.squaresA = new double[most];
      this.squaresB = new double[most];
    }

    @Override
    public void join(MemorySegment left, MemorySegment right, long cells, long from, int n) {
      load(left, from, countsA, n);
      load(right, from, countsB, n);
      load(left, cells + from, meansA, n);
      load(right, cells + from, meansB, n);
      load(left, 2 * cells + from, squaresA, n);
      load(right, 2 * cells + from, squaresB, n);
      for (int i = 0; i < n; i++) {
        join(i);
      }
      store(countsA, left, from, n);
      store(meansA, left, cells + from, n);
      store(squaresA, left, 2 * cells + from, n);
    }

    private void join(int i) {
      long a = countsA[i];
      long b = countsB[i];
      if (b == 0) {
        return;
      }
      double count = (double) a + b;
      double delta = meansB[i] - meansA[i];
      double squares = squaresA[i] + squaresB[i];
      countsA[i] = a + b;
      meansA[i] = a == 0 ? meansB[i] : meansA[i] + delta * (b / count);
      squaresA[i] = a == 0 ? squares : squares + delta * delta * (a * (b / count));
    }
  }
}
