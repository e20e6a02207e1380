package dev.weft.core.fourier;

/**
 * Roots of unity, {@code exp(-2 pi i k / n)}, each to about half a unit in the last place: the
 * angle is reduced to an eighth of a turn in integers, and carries its rounding error along.
 */
public final class Roots {
  /** What pi is beyond {@link Math#PI}. */
  private static final double PI_REST = 1.2246467991473532e-16;

  private final double[] real;
  private final double[] imaginary;

  /** The first {@code count} of the roots of order {@code n}. */
  Roots(long n, int count) {
    this.real = new double[count];
    this.imaginary = new double[count];
    double[] root = new double[2];
    for (int k = 0; k < count; k++) {
      put(k, n, root);
      real[k] = root[0];
      imaginary[k] = root[1];
    }
  }

  double real(int k) {
    return real[k];
  }

  double imaginary(int k) {
    return imaginary[k];
  }

  /** Puts real and imaginary part of {@code exp(-2 pi i k / n)}, for k from 0 to n - 1. */
  static void put(long k, long n, double[] root) {
    long quarters = (4 * k + n / 2) / n;
    long rest = 4 * k - quarters * n;
    // The angle in half turns, and what that quotient leaves.
    double part = (double) rest / (2.0 * n);
    double left = Math.fma(-part, 2.0 * n, rest) / (2.0 * n);
    double angle = Math.PI * part;
    double error = Math.fma(Math.PI, part, -angle) + PI_REST * part + Math.PI * left;
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    double x = Math.fma(-sin, error, cos);
    double y = Math.fma(cos, error, sin);
    switch ((int) (quarters & 3)) {
      case 0 -> set(root, x, -y);
      case 1 -> set(root, -y, -x);
      case 2 -> set(root, -x, y);
      default -> set(root, y, x);
    }
  }

  private static void set(double[] root, double real, double imaginary) {
    root[0] = real;
    root[1] = imaginary;
  }
}
