package dev.weft.core.fourier;

/**
 * Forward transforms, unscaled, of one line after the other. Has memory of its own, so that each
 * thread needs one. With real and imaginary parts exchanged it is the way back.
 */
public interface LineTransform {
  /** Elements of a line. */
  int length();

  /** Elements that its arrays must have: those of the line, then some to work in. */
  int size();

  /** Transforms the line in place. */
  void run(double[] real, double[] imaginary);
}
