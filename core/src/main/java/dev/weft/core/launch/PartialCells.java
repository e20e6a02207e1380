package dev.weft.core.launch;

import dev.weft.core.op.Reduction;
import java.lang.foreign.MemorySegment;

/**
 * Some cells of a partial result, in arrays, to which others are joined. Each kind has loops of its
 * own over arrays: one loop for all of them over memory segments took C2 to the end of what it
 * inlines, and ran 20 times slower when the program had used several kinds.
 */
interface PartialCells {
  /**
   * Takes cells {@code from} to {@code from + n} of a partial result.
   *
   * @param cells cells of a plane
   */
  void load(MemorySegment partial, long cells, long from, int n);

  /** Joins the first {@code n} cells of what comes right of these; it is of the same kind. */
  void join(PartialCells right, int n);

  /** Writes the cells to where {@link #load} would take them from. */
  void store(MemorySegment partial, long cells, long from, int n);

  /** Room for at most {@code most} cells of a reduction; for one thread. */
  static PartialCells of(Reduction reduction, boolean integer, int most) {
    return switch (reduction) {
      case SUM, PROD, MIN, MAX ->
          integer ? new Longs(reduction, most) : new Doubles(reduction, most);
      case ARGMIN, ARGMAX -> new Positions(reduction == Reduction.ARGMIN, integer, most);
      case MOMENTS -> new MomentCells(most);
    };
  }

  /** One value a cell, in float64. */
  final class Doubles implements PartialCells {
    private final Reduction reduction;
    private final double[] values;

    Doubles(Reduction reduction, int most) {
      this.reduction = reduction;
      this.values = new double[most];
    }

    @Override
    public void load(MemorySegment partial, long cells, long from, int n) {
      Plane.load(partial, from, values, n);
    }

    @Override
    public void store(MemorySegment partial, long cells, long from, int n) {
      Plane.store(values, partial, from, n);
    }

    @Override
    public void join(PartialCells right, int n) {
      double[] others = ((Doubles) right).values;
      switch (reduction) {
        case SUM -> add(values, others, n);
        case PROD -> multiply(values, others, n);
        case MIN -> least(values, others, n);
        default -> greatest(values, others, n);
      }
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
  final class Longs implements PartialCells {
    private final Reduction reduction;
    private final long[] values;

    Longs(Reduction reduction, int most) {
      this.reduction = reduction;
      this.values = new long[most];
    }

    @Override
    public void load(MemorySegment partial, long cells, long from, int n) {
      Plane.load(partial, from, values, n);
    }

    @Override
    public void store(MemorySegment partial, long cells, long from, int n) {
      Plane.store(values, partial, from, n);
    }

    @Override
    public void join(PartialCells right, int n) {
      long[] a = values;
      long[] b = ((Longs) right).values;
      for (int i = 0; i < n; i++) {
        a[i] =
            switch (reduction) {
              case SUM -> a[i] + b[i];
              case PROD -> a[i] * b[i];
              case MIN -> Math.min(a[i], b[i]);
              default -> Math.max(a[i], b[i]);
            };
      }
    }
  }

  /** The best value and its position. */
  final class Positions implements PartialCells {
    private final boolean least;
    private final boolean integer;
    private final long[] values;
    private final long[] places;

    Positions(boolean least, boolean integer, int most) {
      this.least = least;
      this.integer = integer;
      this.values = new long[most];
      this.places = new long[most];
    }

    @Override
    public void load(MemorySegment partial, long cells, long from, int n) {
      Plane.load(partial, from, values, n);
      Plane.load(partial, cells + from, places, n);
    }

    @Override
    public void store(MemorySegment partial, long cells, long from, int n) {
      Plane.store(values, partial, from, n);
      Plane.store(places, partial, cells + from, n);
    }

    @Override
    public void join(PartialCells right, int n) {
      Positions others = (Positions) right;
      for (int i = 0; i < n; i++) {
        if (loses(others, i)) {
          values[i] = others.values[i];
          places[i] = others.places[i];
        }
      }
    }

    /** Whether the other one is better; NaN is better than all numbers. */
    private boolean loses(Positions others, int i) {
      if (integer) {
        return loses(Long.compare(others.values[i], values[i]), others, i);
      }
      double x = Double.longBitsToDouble(values[i]);
      double y = Double.longBitsToDouble(others.values[i]);
      if (Double.isNaN(x) || Double.isNaN(y)) {
        return Double.isNaN(x) && Double.isNaN(y) ? loses(0, others, i) : Double.isNaN(y);
      }
      return loses(y < x ? -1 : y > x ? 1 : 0, others, i);
    }

    /** As good and earlier is better too: several reduced axes interleave. */
    private boolean loses(int order, Positions others, int i) {
      if (order == 0) {
        return others.places[i] < places[i];
      }
      return least ? order < 0 : order > 0;
    }
  }
}
