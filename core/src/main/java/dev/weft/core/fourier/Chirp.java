package dev.weft.core.fourier;

import java.util.function.IntToDoubleFunction;

/**
 * The numbers of a transform of any length n by convolution: {@code exp(-i pi j^2 / n)} of each
 * element, and the spectrum of their conjugates around a longer circle, with its factor.
 */
final class Chirp {
  private final double[] real;
  private final double[] imaginary;
  private final double[] spectrumReal;
  private final double[] spectrumImaginary;

  Chirp(int length, int around) {
    this.real = new double[length];
    this.imaginary = new double[length];
    this.spectrumReal = new double[around];
    this.spectrumImaginary = new double[around];
    double[] root = new double[2];
    for (long j = 0; j < length; j++) {
      Roots.put(j * j % (2L * length), 2L * length, root);
      real[(int) j] = root[0];
      imaginary[(int) j] = root[1];
    }
  }

  /** Takes a number of a place. */
  interface Put {
    void put(int place, double real, double imaginary);
  }

  /** The conjugates around the circle; other places stay as they are. */
  void kernel(Put to) {
    for (int j = 0; j < length(); j++) {
      to.put(j, real[j], -imaginary[j]);
      if (j > 0) {
        to.put(spectrumReal.length - j, real[j], -imaginary[j]);
      }
    }
  }

  /** Keeps the spectrum of the kernel, divided by its length. */
  void spectrum(IntToDoubleFunction re, IntToDoubleFunction im) {
    int around = spectrumReal.length;
    for (int k = 0; k < around; k++) {
      spectrumReal[k] = re.applyAsDouble(k) / around;
      spectrumImaginary[k] = im.applyAsDouble(k) / around;
    }
  }

  int length() {
    return real.length;
  }

  double[] real() {
    return real;
  }

  double[] imaginary() {
    return imaginary;
  }

  double[] spectrumReal() {
    return spectrumReal;
  }

  double[] spectrumImaginary() {
    return spectrumImaginary;
  }
}
