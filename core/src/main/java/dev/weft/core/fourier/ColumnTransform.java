package dev.weft.core.fourier;

/**
 * Forward transforms, unscaled, of the columns of a matrix whose rows are arrays: element k of
 * every column is in row k. With real and imaginary parts exchanged it is the way back.
 */
public interface ColumnTransform {
  /** Elements of a column. */
  int length();

  /** Rows that are needed: those of the columns, then some to work in. */
  int rows();

  /**
   * Transforms the first {@code width} elements of the rows. The rows change their places in the
   * outer arrays.
   */
  void run(double[][] real, double[][] imaginary, int width);
}
