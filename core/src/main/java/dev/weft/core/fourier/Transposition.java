package dev.weft.core.fourier;

/** Rows become columns: eight at a time, so that what is fetched is used. */
public final class Transposition {
  /** Lines that become columns together: a cache line of each row. */
  public static final int LINES = 8;

  private Transposition() {}

  /**
   * Element r of row {@code column + c} becomes element c of row {@code row + r}, for {@code width}
   * values of c and {@code height} of r.
   */
  static void rows(double[][] from, int column, double[][] to, int row, int width, int height) {
    int r = 0;
    for (; r + LINES <= height; r += LINES) {
      eight(from, r, to, row + r, column, width);
    }
    for (; r < height; r++) {
      for (int c = 0; c < width; c++) {
        to[row + r][c] = from[column + c][r];
      }
    }
  }

  /** The first {@code count} lines, of so many elements, become columns from one on. */
  public static void toColumns(
      double[][] lines, int count, double[][] rows, int column, int elements) {
    if (count < LINES) {
      for (int i = 0; i < count; i++) {
        for (int k = 0; k < elements; k++) {
          rows[k][column + i] = lines[i][k];
        }
      }
      return;
    }
    double[] a = lines[0];
    double[] b = lines[1];
    double[] c = lines[2];
    double[] d = lines[3];
    double[] e = lines[4];
    double[] f = lines[5];
    double[] g = lines[6];
    double[] h = lines[7];
    for (int k = 0; k < elements; k++) {
      double[] row = rows[k];
      row[column] = a[k];
      row[column + 1] = b[k];
      row[column + 2] = c[k];
      row[column + 3] = d[k];
      row[column + 4] = e[k];
      row[column + 5] = f[k];
      row[column + 6] = g[k];
      row[column + 7] = h[k];
    }
  }

  /** Columns from one on, of so many elements, become the first {@code count} lines, scaled. */
  public static void toLines(
      double[][] rows, int column, double[][] lines, int count, int elements, double factor) {
    for (int i = 0; i < count && count < LINES; i++) {
      for (int k = 0; k < elements; k++) {
        lines[i][k] = rows[k][column + i];
      }
    }
    if (count == LINES) {
      eight(rows, column, lines, 0, 0, elements);
    }
    for (int i = 0; i < count && factor != 1; i++) {
      RowLoops.times(lines[i], factor, elements);
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
