package dev.weft.core.fourier;

import java.util.Arrays;

/**
 * Columns of a smooth length: radix by radix, the largest distances first, each part then by
 * itself, so that parts which fit a cache stay in it. Rows end in an order of digits reversed, and
 * are put right by exchanging references.
 */
final class MixedRadix implements ColumnTransform {
  private final int length;
  private final int[] radices;
  private final Roots roots;

  /** For each frequency the row in which it ends. */
  private final int[] places;

  private final OddRadix[] odd = new OddRadix[Factors.LARGEST + 1];
  private final int scratch;

  MixedRadix(int length) {
    this.length = length;
    this.radices = Factors.radices(length);
    this.roots = new Roots(length, length);
    this.places = new int[length];
    int most = 0;
    for (int radix : radices) {
      if (radix > 5) {
        odd[radix] = new OddRadix(radix);
        most = Math.max(most, radix);
      }
    }
    this.scratch = most;
    place(0, 0, 0, 1);
  }

  private void place(int level, int row, int frequency, int step) {
    if (level == radices.length) {
      places[frequency] = row;
      return;
    }
    int part = length / step / radices[level];
    for (int digit = 0; digit < radices[level]; digit++) {
      place(level + 1, row + digit * part, frequency + digit * step, step * radices[level]);
    }
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public int rows() {
    return length + scratch;
  }

  @Override
  public void run(double[][] real, double[][] imaginary, int width) {
    new Block(real, imaginary, width).part(0, 0, length);
    order(real);
    order(imaginary);
  }

  private void order(double[][] rows) {
    double[][] before = Arrays.copyOf(rows, length);
    for (int k = 0; k < length; k++) {
      rows[k] = before[places[k]];
    }
  }

  /** Transforms columns in place, each to an order of digits reversed. */
  private final class Block {
    private final double[][] re;
    private final double[][] im;
    private final int width;

    Block(double[][] re, double[][] im, int width) {
      this.re = re;
      this.im = im;
      this.width = width;
    }

    /** Two radices at a time, while the rows of both are in the nearest cache. */
    void part(int level, int first, int size) {
      if (level == radices.length) {
        return;
      }
      int radix = radices[level];
      int next = level + 1 < radices.length ? radices[level + 1] : 1;
      int part = size / radix;
      int small = part / next;
      int turn = length / size;
      for (int p = 0; p < small; p++) {
        for (int q = 0; q < next; q++) {
          step(radix, first, part, p + q * small, turn);
        }
        for (int k = 0; k < radix && next > 1; k++) {
          step(next, first + k * part, small, p, turn * radix);
        }
      }
      for (int k = 0; k < radix * next && small > 1; k++) {
        part(level + 2, first + k * small, small);
      }
    }

    private void step(int radix, int first, int part, int p, int turn) {
      switch (radix) {
        case 2 -> Butterflies.two(re, im, first + p, part, width);
        case 3 -> Butterflies.three(re, im, first + p, part, width);
        case 4 -> Butterflies.four(re, im, first + p, part, width);
        case 5 -> Butterflies.five(re, im, first + p, part, width);
        default -> odd[radix].run(re, im, first + p, part, width, length);
      }
      for (int k = 1; k < radix && p > 0; k++) {
        int row = first + p + k * part;
        int root = k * p * turn;
        RowLoops.times(re[row], im[row], roots.real(root), roots.imaginary(root), width);
      }
    }
  }
}
