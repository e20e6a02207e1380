package dev.weft.core.fourier;

import java.util.Arrays;

/** Tables for lines of any length, by convolution around a smooth length. */
final class ChirpLine {
  private final Chirp chirp;
  private final TwoFactors around;

  ChirpLine(int length) {
    this.around = new TwoFactors(Math.toIntExact(Factors.convenient(2L * length - 1)));
    int size = around.length();
    this.chirp = new Chirp(length, size);
    double[] re = new double[size];
    double[] im = new double[size];
    chirp.kernel(
        (k, x, y) -> {
          re[k] = x;
          im[k] = y;
        });
    around.line().run(re, im);
    chirp.spectrum(k -> re[k], k -> im[k]);
  }

  /** What transforms lines with these tables. */
  LineTransform line() {
    return new Line();
  }

  private final class Line implements LineTransform {
    private final LineTransform circle = around.line();

    @Override
    public int length() {
      return chirp.length();
    }

    @Override
    public int size() {
      return around.length();
    }

    @Override
    public void run(double[] real, double[] imaginary) {
      RowLoops.times(real, imaginary, chirp.real(), chirp.imaginary(), length());
      Arrays.fill(real, length(), size(), 0);
      Arrays.fill(imaginary, length(), size(), 0);
      circle.run(real, imaginary);
      RowLoops.times(real, imaginary, chirp.spectrumReal(), chirp.spectrumImaginary(), size());
      circle.run(imaginary, real);
      RowLoops.times(real, imaginary, chirp.real(), chirp.imaginary(), length());
    }
  }
}
