package dev.weft.core.fourier;

import java.util.Arrays;

/** A small transform across rows of any odd radix, by sums and differences of opposite rows. */
final class OddRadix {
  private final int radix;
  private final Roots roots;

  OddRadix(int radix) {
    this.radix = radix;
    this.roots = new Roots(radix, radix);
  }

  /** In place; {@code scratch} is the first of as many rows to work in as the radix has. */
  void run(double[][] re, double[][] im, int a, int m, int width, int scratch) {
    int half = radix / 2;
    for (int j = 1; j <= half; j++) {
      RowLoops.sumAndDifference(re[a + j * m], re[a + (radix - j) * m], width);
      RowLoops.sumAndDifference(im[a + j * m], im[a + (radix - j) * m], width);
    }
    for (int k = 1; k <= half; k++) {
      double[] sumRe = re[scratch + k];
      double[] sumIm = im[scratch + k];
      double[] turnRe = re[scratch + radix - k];
      double[] turnIm = im[scratch + radix - k];
      System.arraycopy(re[a], 0, sumRe, 0, width);
      System.arraycopy(im[a], 0, sumIm, 0, width);
      Arrays.fill(turnRe, 0, width, 0);
      Arrays.fill(turnIm, 0, width, 0);
      for (int j = 1; j <= half; j++) {
        int root = j * k % radix;
        RowLoops.addTimes(sumRe, roots.real(root), re[a + j * m], width);
        RowLoops.addTimes(sumIm, roots.real(root), im[a + j * m], width);
        // Minus i times a difference: its imaginary part, and minus its real part.
        RowLoops.addTimes(turnRe, -roots.imaginary(root), im[a + (radix - j) * m], width);
        RowLoops.addTimes(turnIm, roots.imaginary(root), re[a + (radix - j) * m], width);
      }
      RowLoops.sumAndDifference(sumRe, turnRe, width);
      RowLoops.sumAndDifference(sumIm, turnIm, width);
    }
    for (int j = 1; j <= half; j++) {
      RowLoops.add(re[a], re[a + j * m], width);
      RowLoops.add(im[a], im[a + j * m], width);
    }
    for (int k = 1; k < radix; k++) {
      System.arraycopy(re[scratch + k], 0, re[a + k * m], 0, width);
      System.arraycopy(im[scratch + k], 0, im[a + k * m], 0, width);
    }
  }
}
