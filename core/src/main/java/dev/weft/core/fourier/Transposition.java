package dev.weft.core.fourier;

/** Rows become columns: eight at a time, so that what is fetched is used. */
public final class Transposition {
  private static final int BLOCK = 8;

  private Transposition() {}

  /**
   * Element r of row {@code column + c} becomes element c of row {@code row + r}, for {@code width}
   * values of c and {@code height} of r.
   */
  public static void rows(
      double[][] from, int column, double[][] to, int row, int width, int height) {
    int r = 0;
    for (; r + BLOCK <= height; r += BLOCK) {
      eight(from, r, to, row + r, column, width);
    }
    for (; r < height; r++) {
      for (int c = 0; c < width; c++) {
        to[row + r][c] = from[column + c][r];
      }
    }
  }

  private static void eight(
      double[][] from, int at, double[][] to, int row, int column, int width) {
    double[] a = to[row];
    double[] b = to[row + 1];
    double[] c = to[row + 2];
    double[] d = to[row + 3];
    double[] e = to[row + 4];
    double[] f = to[row + 5];
    double[] g = to[row + 6];
    double[] h = to[row + 7];
    for (int i = 0; i < width; i++) {
      double[] line = from[column + i];
      a[i] = line[at];
      b[i] = line[at + 1];
      c[i] = line[at + 2];
      d[i] = line[at + 3];
      e[i] = line[at + 4];
      f[i] = line[at + 5];
      g[i] = line[at + 6];
      h[i] = line[at + 7];
    }
  }
}
