package dev.weft.core.fourier;

import java.util.ArrayList;
import java.util.List;

/**
 * Neighbouring columns of a matrix of complex numbers, as rows of arrays of their own.
 *
 * @param first the number of the first column
 * @param width how many columns
 */
public record Columns(int first, int width, double[][] real, double[][] imaginary) {
  /** Columns whose rows of two radices fit the nearest cache together. */
  public static final int MOST = 64;

  /** All columns of a matrix, in parts of about the same width. */
  static List<Columns> split(int rows, int columns) {
    int count = Math.ceilDiv(columns, MOST);
    int width = Math.ceilDiv(columns, Math.max(1, count));
    List<Columns> parts = new ArrayList<>();
    for (int first = 0; first < columns; first += width) {
      parts.add(of(rows, first, Math.min(width, columns - first)));
    }
    return parts;
  }

  /** New columns, 0. */
  public static Columns of(int rows, int first, int width) {
    return new Columns(first, width, new double[rows][width], new double[rows][width]);
  }

  /** Fills row k with the powers 0, k, 2 k … of the first root of order {@code n}. */
  void powers(int k, long n) {
    double[] root = new double[2];
    for (int c = 0; c < width; c++) {
      Roots.put((first + c) * (long) k % n, n, root);
      real[k][c] = root[0];
      imaginary[k][c] = root[1];
    }
  }

  /**
   * Multiplies the elements of row k, in columns c, by {@code exp(-2 pi i k (column + c) / n)}.
   *
   * @param turns the powers of that root for the first columns
   */
  public void turn(int k, long column, long n, Columns turns) {
    double[] root = new double[2];
    Roots.put(column * k % n, n, root);
    RowLoops.times(
        real[k], imaginary[k], turns.real[k], turns.imaginary[k], root[0], root[1], width);
  }
}
