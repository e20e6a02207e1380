package dev.weft.core.launch;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.weft.core.op.Reduction;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Joins partial results on the host. Neighbours are joined pairwise, level by level; an odd last
 * one moves up as it is. The tree depends on the number of partial results alone.
 */
public final class HostCombine {
  private final Reduction reduction;
  private final boolean integer;
  private final long cells;

  public HostCombine(Reduction reduction, boolean integer, long cells) {
    this.reduction = reduction;
    this.integer = integer;
    this.cells = cells;
  }

  /** Joins all into the first buffer; the others hold nothing useful afterwards. */
  public void combine(List<MemorySegment> partials) {
    for (int step = 1; step < partials.size(); step *= 2) {
      for (int i = 0; i + step < partials.size(); i += 2 * step) {
        join(partials.get(i), partials.get(i + step));
      }
    }
  }

  private void join(MemorySegment left, MemorySegment right) {
    for (long cell = 0; cell < cells; cell++) {
      switch (reduction) {
        case SUM, PROD, MIN, MAX -> {
          if (integer) {
            setLong(left, cell, longs(getLong(left, cell), getLong(right, cell)));
          } else {
            setDouble(left, cell, doubles(getDouble(left, cell), getDouble(right, cell)));
          }
        }
        case ARGMIN, ARGMAX -> {
          if (integer ? rightLongWins(left, right, cell) : rightDoubleWins(left, right, cell)) {
            setLong(left, cell, getLong(right, cell));
            setLong(left, cells + cell, getLong(right, cells + cell));
          }
        }
        case MOMENTS -> moments(left, right, cell);
      }
    }
  }

  private long longs(long a, long b) {
    return switch (reduction) {
      case SUM -> a + b;
      case PROD -> a * b;
      case MIN -> Math.min(a, b);
      default -> Math.max(a, b);
    };
  }

  private double doubles(double a, double b) {
    return switch (reduction) {
      case SUM -> a + b;
      case PROD -> a * b;
      case MIN -> Math.min(a, b);
      default -> Math.max(a, b);
    };
  }

  /** Whether the right one is better, or as good and earlier: several reduced axes interleave. */
  private boolean rightLongWins(MemorySegment left, MemorySegment right, long cell) {
    int order = Long.compare(getLong(right, cell), getLong(left, cell));
    return wins(order, left, right, cell);
  }

  private boolean rightDoubleWins(MemorySegment left, MemorySegment right, long cell) {
    double a = getDouble(left, cell);
    double b = getDouble(right, cell);
    if (Double.isNaN(a) || Double.isNaN(b)) {
      boolean both = Double.isNaN(a) && Double.isNaN(b);
      return both ? wins(0, left, right, cell) : Double.isNaN(b);
    }
    return wins(b < a ? -1 : b > a ? 1 : 0, left, right, cell);
  }

  private boolean wins(int order, MemorySegment left, MemorySegment right, long cell) {
    if (order == 0) {
      return getLong(right, cells + cell) < getLong(left, cells + cell);
    }
    return reduction == Reduction.ARGMIN ? order < 0 : order > 0;
  }

  /** Chan, Golub and LeVeque (1979): numbers, means and sums of squared deviations of two parts. */
  private void moments(MemorySegment left, MemorySegment right, long cell) {
    long countA = getLong(left, cell);
    long countB = getLong(right, cell);
    if (countB == 0) {
      return;
    }
    double meanA = getDouble(left, cells + cell);
    double meanB = getDouble(right, cells + cell);
    double count = (double) countA + countB;
    double delta = meanB - meanA;
    double squares = getDouble(left, 2 * cells + cell) + getDouble(right, 2 * cells + cell);
    setLong(left, cell, countA + countB);
    setDouble(left, cells + cell, countA == 0 ? meanB : meanA + delta * (countB / count));
    setDouble(
        left,
        2 * cells + cell,
        countA == 0 ? squares : squares + delta * delta * (countA * (countB / count)));
  }

  /** Fills a buffer with the partial result of no elements. */
  public void identity(MemorySegment partial) {
    for (long cell = 0; cell < cells; cell++) {
      switch (reduction) {
        case PROD -> {
          if (integer) {
            setLong(partial, cell, 1);
          } else {
            setDouble(partial, cell, 1);
          }
        }
        case MOMENTS -> {
          setLong(partial, cell, 0);
          setDouble(partial, cells + cell, 0);
          setDouble(partial, 2 * cells + cell, 0);
        }
        case SUM, MIN, MAX, ARGMIN, ARGMAX -> setLong(partial, cell, 0);
      }
    }
  }

  private static long getLong(MemorySegment memory, long index) {
    return memory.getAtIndex(JAVA_LONG_UNALIGNED, index);
  }

  private static void setLong(MemorySegment memory, long index, long value) {
    memory.setAtIndex(JAVA_LONG_UNALIGNED, index, value);
  }

  private static double getDouble(MemorySegment memory, long index) {
    return memory.getAtIndex(JAVA_DOUBLE_UNALIGNED, index);
  }

  private static void setDouble(MemorySegment memory, long index, double value) {
    memory.setAtIndex(JAVA_DOUBLE_UNALIGNED, index, value);
  }
}
