package dev.weft.core.launch;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Numbers of values, means and sums of squared deviations. Two parts are joined as in Chan, Golub
 * and LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances" (1979).
 */
final class MomentCells implements PartialCells {
  private final long[] counts;
  private final double[] means;
  private final double[] squares;
  // Almost always: all cells of a chunk have as many values.
  private boolean alike;

  MomentCells(int most) {
    this.counts = new long[most];
    this.means = new double[most];
    this.squares = new double[most];
  }

  @Override
  public void load(MemorySegment partial, long cells, long from, int n) {
    Plane.load(partial, from, counts, n);
    Plane.load(partial, cells + from, means, n);
    Plane.load(partial, 2 * cells + from, squares, n);
    alike = alike(counts, n);
  }

  @Override
  public void store(MemorySegment partial, long cells, long from, int n) {
    Plane.store(counts, partial, from, n);
    Plane.store(means, partial, cells + from, n);
    Plane.store(squares, partial, 2 * cells + from, n);
  }

  private static boolean alike(long[] counts, int n) {
    long first = counts[0];
    long different = 0;
    for (int i = 0; i < n; i++) {
      different |= counts[i] ^ first;
    }
    return different == 0;
  }

  @Override
  public void join(PartialCells right, int n) {
    MomentCells others = (MomentCells) right;
    if (alike && others.alike && counts[0] != 0 && others.counts[0] != 0) {
      double a = counts[0];
      double share = others.counts[0] / (a + others.counts[0]);
      join(means, squares, others.means, others.squares, share, a * share, n);
      Arrays.fill(counts, 0, n, counts[0] + others.counts[0]);
      return;
    }
    for (int i = 0; i < n; i++) {
      join(others, i);
    }
    alike = alike(counts, n);
  }

  /** Every cell has as many values as the others, and so has the part on the right. */
  private static void join(
      double[] meansA,
      double[] squaresA,
      double[] meansB,
      double[] squaresB,
      double share,
      double weight,
      int n) {
    for (int i = 0; i < n; i++) {
      double delta = meansB[i] - meansA[i];
      meansA[i] += delta * share;
      squaresA[i] = squaresA[i] + squaresB[i] + delta * delta * weight;
    }
  }

  private void join(MomentCells right, int i) {
    long a = counts[i];
    long b = right.counts[i];
    if (b == 0) {
      return;
    }
    double count = (double) a + b;
    double delta = right.means[i] - means[i];
    double sum = squares[i] + right.squares[i];
    counts[i] = a + b;
    means[i] = a == 0 ? right.means[i] : means[i] + delta * (b / count);
    squares[i] = a == 0 ? sum : sum + delta * delta * (a * (b / count));
  }
}
