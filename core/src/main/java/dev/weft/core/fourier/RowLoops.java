package dev.weft.core.fourier;

/** Loops over the first so many elements of rows. */
final class RowLoops {
  private RowLoops() {}

  /** {@code a + b} and {@code a - b}, in place. */
  static void sumAndDifference(double[] a, double[] b, int width) {
    for (int c = 0; c < width; c++) {
      double x = a[c];
      double y = b[c];
      a[c] = x + y;
      b[c] = x - y;
    }
  }

  static void add(double[] sum, double[] a, int width) {
    for (int c = 0; c < width; c++) {
      sum[c] += a[c];
    }
  }

  /** {@code sum + factor a}. */
  static void addTimes(double[] sum, double factor, double[] a, int width) {
    for (int c = 0; c < width; c++) {
      sum[c] += factor * a[c];
    }
  }

  static void times(double[] a, double factor, int width) {
    for (int c = 0; c < width; c++) {
      a[c] *= factor;
    }
  }

  /** Complex numbers times one of them. */
  static void times(double[] re, double[] im, double real, double imaginary, int width) {
    for (int c = 0; c < width; c++) {
      double x = re[c];
      double y = im[c];
      re[c] = x * real - y * imaginary;
      im[c] = x * imaginary + y * real;
    }
  }

  /** Complex numbers times others, element by element. */
  static void times(double[] re, double[] im, double[] real, double[] imaginary, int width) {
    for (int c = 0; c < width; c++) {
      double x = re[c];
      double y = im[c];
      re[c] = x * real[c] - y * imaginary[c];
      im[c] = x * imaginary[c] + y * real[c];
    }
  }

  /** Complex numbers times others, element by element, and times one. */
  static void times(
      double[] re, double[] im, double[] real, double[] imaginary, double a, double b, int width) {
    for (int c = 0; c < width; c++) {
      double u = real[c] * a - imaginary[c] * b;
      double v = real[c] * b + imaginary[c] * a;
      double x = re[c];
      double y = im[c];
      re[c] = x * u - y * v;
      im[c] = x * v + y * u;
    }
  }
}
