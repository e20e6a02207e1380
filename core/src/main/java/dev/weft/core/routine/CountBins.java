package dev.weft.core.routine;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.weft.core.expr.Block;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * How many elements (float64, the first operand) lie between the edges (float64, ascending, the
 * second): int64, or the sums of their weights (float64, the third). The last bin includes its
 * upper edge; what lies outside, and NaN, is not counted.
 */
public record CountBins() implements HostRoutine {
  @Override
  public String name() {
    return "histogram";
  }

  @Override
  public double cost() {
    return 10_000;
  }

  @Override
  public void run(List<Block> inputs, Block output) {
    MemorySegment values = inputs.get(0).memory();
    MemorySegment weights = inputs.size() > 2 ? inputs.get(2).memory() : MemorySegment.NULL;
    double[] edges = inputs.get(1).memory().toArray(JAVA_DOUBLE_UNALIGNED);
    int bins = edges.length - 1;
    long[] counts = new long[bins];
    double[] sums = new double[bins];
    boolean weighted = inputs.size() > 2;
    long size = inputs.get(0).region().size();
    double scale = bins / (edges[bins] - edges[0]);
    for (long i = 0; i < size; i++) {
      double x = values.getAtIndex(JAVA_DOUBLE_UNALIGNED, i);
      if (x >= edges[0] && x <= edges[bins]) {
        int bin = bin(edges, x, scale);
        if (weighted) {
          sums[bin] += weights.getAtIndex(JAVA_DOUBLE_UNALIGNED, i);
        } else {
          counts[bin]++;
        }
      }
    }
    for (int bin = 0; bin < bins; bin++) {
      if (weighted) {
        output.memory().setAtIndex(JAVA_DOUBLE_UNALIGNED, bin, sums[bin]);
      } else {
        output.memory().setAtIndex(JAVA_LONG_UNALIGNED, bin, counts[bin]);
      }
    }
  }

  /** Guessed as if all bins were equally wide; then searched for, if it is not a neighbour. */
  private static int bin(double[] edges, double x, double scale) {
    int last = edges.length - 2;
    int guess = Math.clamp((long) ((x - edges[0]) * scale), 0, last);
    int low = Math.max(0, guess - 1);
    int high = Math.min(last, guess + 1);
    if (x < edges[low] || x >= edges[high + 1]) {
      low = 0;
      high = last;
    }
    // The last bin that does not begin behind x.
    while (low < high) {
      int middle = low + high + 1 >>> 1;
      if (edges[middle] <= x) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
