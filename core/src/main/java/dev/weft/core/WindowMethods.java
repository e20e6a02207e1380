package dev.weft.core;

/**
 * Windows by which a piece of a signal is multiplied, so that it fades in and out; float64. All are
 * 1 for a single element, and empty for less.
 */
public sealed interface WindowMethods permits Session {
  /** The session itself. */
  Session self();

  /** A triangle: 0 at both ends, 1 in the middle. */
  default NDArray bartlett(long count) {
    NDArray size = centred(count).abs();
    return count == 1 ? self().ones(1) : size.negative().add(1.0);
  }

  /** A sum of cosines: {@code 0.42 + 0.5 cos + 0.08 cos}, 0 at both ends. */
  default NDArray blackman(long count) {
    NDArray angle = centred(count).multiply(Math.PI);
    NDArray wave = angle.cos().multiply(0.5).add(0.42);
    return count == 1 ? self().ones(1) : wave.add(angle.multiply(2.0).cos().multiply(0.08));
  }

  /** A raised cosine: {@code 0.54 + 0.46 cos}. */
  default NDArray hamming(long count) {
    return count == 1 ? self().ones(1) : raised(count, 0.54, 0.46);
  }

  /** A raised cosine: {@code 0.5 + 0.5 cos}, 0 at both ends. */
  default NDArray hanning(long count) {
    return count == 1 ? self().ones(1) : raised(count, 0.5, 0.5);
  }

  /**
   * Kaiser's window, of Bessel functions.
   *
   * @param beta its shape: 0 is flat, 14 fades far
   */
  default NDArray kaiser(long count, double beta) {
    NDArray root = centred(count).square().negative().add(1.0).sqrt();
    NDArray top = self().scalar(beta).i0();
    return count == 1 ? self().ones(1) : root.multiply(beta).i0().divide(top);
  }

  private NDArray raised(long count, double level, double swing) {
    return centred(count).multiply(Math.PI).cos().multiply(swing).add(level);
  }

  /** From -1 to 1. */
  private NDArray centred(long count) {
    long elements = Math.max(0, count);
    return self().arange(elements).multiply(2L).subtract(count - 1).divide(Math.max(1, count - 1));
  }
}
