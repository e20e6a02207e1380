package dev.weft.core.fourier;

import java.util.Arrays;

/**
 * Columns of any length n, by a convolution with {@code exp(i pi j^2 / n)} over a smooth length of
 * at least 2 n - 1 (Bluestein).
 */
final class ChirpColumns implements ColumnTransform {
  private final Chirp chirp;
  private final MixedRadix around;

  ChirpColumns(int length) {
    this.around = new MixedRadix(Math.toIntExact(Factors.convenient(2L * length - 1)));
    this.chirp = new Chirp(length, around.length());
    double[][] re = new double[around.rows()][1];
    double[][] im = new double[around.rows()][1];
    chirp.kernel(
        (k, x, y) -> {
          re[k][0] = x;
          im[k][0] = y;
        });
    around.run(re, im, 1);
    chirp.spectrum(k -> re[k][0], k -> im[k][0]);
  }

  @Override
  public int length() {
    return chirp.length();
  }

  @Override
  public int rows() {
    return around.rows();
  }

  @Override
  public void run(double[][] real, double[][] imaginary, int width) {
    turn(real, imaginary, width);
    for (int row = length(); row < around.length(); row++) {
      Arrays.fill(real[row], 0, width, 0);
      Arrays.fill(imaginary[row], 0, width, 0);
    }
    around.run(real, imaginary, width);
    for (int k = 0; k < around.length(); k++) {
      RowLoops.times(
          real[k], imaginary[k], chirp.spectrumReal()[k], chirp.spectrumImaginary()[k], width);
    }
    around.run(imaginary, real, width);
    turn(real, imaginary, width);
  }

  private void turn(double[][] real, double[][] imaginary, int width) {
    for (int k = 0; k < length(); k++) {
      RowLoops.times(real[k], imaginary[k], chirp.real()[k], chirp.imaginary()[k], width);
    }
  }
}
