package dev.weft.core.fourier;

/** What {@link RealColumns} does, for lines of n real numbers one after the other, n even. */
public final class RealLine {
  private final int h;
  private final Roots roots;

  RealLine(int length) {
    this.h = length / 2;
    this.roots = new Roots(length, h / 2 + 1);
  }

  /** The spectrum of h + 1 elements, times 2, from that of h = n / 2 complex ones. */
  public void spectrum(double[] re, double[] im) {
    double x = re[0];
    double y = im[0];
    re[0] = 2 * (x + y);
    re[h] = 2 * (x - y);
    im[0] = 0;
    im[h] = 0;
    for (int k = 1; 2 * k <= h; k++) {
      int other = h - k;
      double er = re[k] + re[other];
      double ei = im[k] - im[other];
      double pr = im[k] + im[other];
      double pi = re[other] - re[k];
      double or = pr * roots.real(k) - pi * roots.imaginary(k);
      double oi = pr * roots.imaginary(k) + pi * roots.real(k);
      re[k] = er + or;
      im[k] = ei + oi;
      re[other] = er - or;
      im[other] = oi - ei;
    }
  }

  /** From a spectrum of h + 1 elements the h complex ones that lead back to the real numbers. */
  public void halves(double[] re, double[] im) {
    double x = re[0];
    double y = re[h];
    re[0] = x + y;
    im[0] = x - y;
    for (int k = 1; 2 * k <= h; k++) {
      int other = h - k;
      double er = re[k] + re[other];
      double ei = im[k] - im[other];
      double dr = re[k] - re[other];
      double di = im[k] + im[other];
      double or = dr * roots.real(k) + di * roots.imaginary(k);
      double oi = di * roots.real(k) - dr * roots.imaginary(k);
      re[k] = er - oi;
      im[k] = ei + or;
      re[other] = er + oi;
      im[other] = or - ei;
    }
  }
}
