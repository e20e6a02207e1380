package dev.weft.core.fourier;

/**
 * Columns of n real numbers, n even, as columns of n / 2 complex ones: even elements are real
 * parts, odd ones imaginary parts.
 *
 * <pre>
 *   E = Z[k] + conj Z[h-k],  O = -i (Z[k] - conj Z[h-k]),  2 X[k] = E + w^k O,  2 X[h-k] = conj (E - w^k O)
 * </pre>
 */
public final class RealColumns {
  private RealColumns() {}

  /**
   * The spectrum of h + 1 rows, times 2, from that of h = n / 2 complex rows; row h is written, and
   * must be there.
   */
  public static void spectrum(double[][] re, double[][] im, int h, int width) {
    double[] root = new double[2];
    double[] re0 = re[0];
    double[] im0 = im[0];
    double[] reH = re[h];
    double[] imH = im[h];
    for (int c = 0; c < width; c++) {
      double x = re0[c];
      double y = im0[c];
      re0[c] = 2 * (x + y);
      reH[c] = 2 * (x - y);
      im0[c] = 0;
      imH[c] = 0;
    }
    for (int k = 1; 2 * k <= h; k++) {
      Roots.put(k, 2L * h, root);
      pair(re[k], im[k], re[h - k], im[h - k], root[0], root[1], width);
    }
  }

  private static void pair(
      double[] ar, double[] ai, double[] br, double[] bi, double wr, double wi, int width) {
    for (int c = 0; c < width; c++) {
      double er = ar[c] + br[c];
      double ei = ai[c] - bi[c];
      double pr = ai[c] + bi[c];
      double pi = br[c] - ar[c];
      double or = pr * wr - pi * wi;
      double oi = pr * wi + pi * wr;
      ar[c] = er + or;
      ai[c] = ei + oi;
      br[c] = er - or;
      bi[c] = oi - ei;
    }
  }

  /**
   * From the spectrum of h + 1 rows the h complex rows whose way back, unscaled, gives the real
   * numbers; the imaginary parts of the first and the last row count as 0.
   */
  public static void halves(double[][] re, double[][] im, int h, int width) {
    double[] root = new double[2];
    double[] re0 = re[0];
    double[] im0 = im[0];
    double[] reH = re[h];
    for (int c = 0; c < width; c++) {
      double x = re0[c];
      double y = reH[c];
      re0[c] = x + y;
      im0[c] = x - y;
    }
    for (int k = 1; 2 * k <= h; k++) {
      Roots.put(k, 2L * h, root);
      back(re[k], im[k], re[h - k], im[h - k], root[0], -root[1], width);
    }
  }

  /**
   * Z[k] = E + i O, Z[h-k] = conj (E - i O) with E = X[k] + conj X[h-k], O = w^-k (X[k] - conj).
   */
  private static void back(
      double[] ar, double[] ai, double[] br, double[] bi, double wr, double wi, int width) {
    for (int c = 0; c < width; c++) {
      double er = ar[c] + br[c];
      double ei = ai[c] - bi[c];
      double dr = ar[c] - br[c];
      double di = ai[c] + bi[c];
      double or = dr * wr - di * wi;
      double oi = dr * wi + di * wr;
      ar[c] = er - oi;
      ai[c] = ei + or;
      br[c] = er + oi;
      bi[c] = or - ei;
    }
  }
}
