package dev.weft.core;

import dev.weft.core.error.UsageException;

/**
 * Discrete Fourier transforms along axes. Real and complex numbers up to float32 and complex64 give
 * complex64 (or float32), others complex128 (or float64); all are computed in float64 and rounded
 * once. Lines of any length take about {@code n log n} steps.
 *
 * <pre>{@code
 * NDArray power = signal.rfft().abs().square();
 * NDArray smooth = image.rfft2().multiply(window).irfft2();
 * }</pre>
 *
 * <p>With an extent {@code n}, lines are cut to n elements, or go on with 0.
 */
public sealed interface FourierMethods permits NDArray {
  /** This array, for the methods here. */
  NDArray self();

  /** The transform along the last axis: {@code [1, 0, 0].fft()} is {@code [1, 1, 1]}. */
  default NDArray fft() {
    return fft(-1);
  }

  /**
   * The transform along an axis: {@code X[k] = sum(x[j] exp(-2 pi i j k / n))}.
   *
   * @throws UsageException for an axis out of range, or without elements
   */
  default NDArray fft(int axis) {
    return FourierTransforms.complex(self(), null, axis, FourierNorm.BACKWARD, false);
  }

  /**
   * The transform of n elements along an axis.
   *
   * @throws UsageException for an axis out of range, and n below 1
   */
  default NDArray fft(long n, int axis, FourierNorm norm) {
    return FourierTransforms.complex(self(), n, axis, norm, false);
  }

  /** The way back from {@link #fft()}, along the last axis. */
  default NDArray ifft() {
    return ifft(-1);
  }

  /** The way back from {@link #fft(int)}: with the other sign, and divided by n. */
  default NDArray ifft(int axis) {
    return FourierTransforms.complex(self(), null, axis, FourierNorm.BACKWARD, true);
  }

  /** The way back of n elements along an axis. */
  default NDArray ifft(long n, int axis, FourierNorm norm) {
    return FourierTransforms.complex(self(), n, axis, norm, true);
  }

  /** The transform of real numbers along the last axis, of which one half says all. */
  default NDArray rfft() {
    return rfft(-1);
  }

  /**
   * The first {@code n / 2 + 1} elements of the transform of real numbers along an axis; the others
   * are their conjugates.
   *
   * @throws UsageException for complex numbers, an axis out of range, or without elements
   */
  default NDArray rfft(int axis) {
    return FourierTransforms.fromReal(self(), null, axis, FourierNorm.BACKWARD, false);
  }

  /** The same of n elements. */
  default NDArray rfft(long n, int axis, FourierNorm norm) {
    return FourierTransforms.fromReal(self(), n, axis, norm, false);
  }

  /** The way back from {@link #rfft()}, along the last axis, of an even number of elements. */
  default NDArray irfft() {
    return irfft(-1);
  }

  /** Real numbers from the first half of their transform: of m elements there, 2 (m - 1). */
  default NDArray irfft(int axis) {
    return FourierTransforms.toReal(self(), null, axis, FourierNorm.BACKWARD, true);
  }

  /** The n real numbers along an axis whose transform begins with these elements. */
  default NDArray irfft(long n, int axis, FourierNorm norm) {
    return FourierTransforms.toReal(self(), n, axis, norm, true);
  }

  /** The transform, which is real, of lines that are symmetric and of which this is one half. */
  default NDArray hfft() {
    return FourierTransforms.toReal(self(), null, -1, FourierNorm.BACKWARD, false);
  }

  /** The same of n elements along an axis, of which the first {@code n / 2 + 1} are here. */
  default NDArray hfft(long n, int axis, FourierNorm norm) {
    return FourierTransforms.toReal(self(), n, axis, norm, false);
  }

  /** The way back from {@link #hfft()}: the first half of what is symmetric. */
  default NDArray ihfft() {
    return FourierTransforms.fromReal(self(), null, -1, FourierNorm.BACKWARD, true);
  }

  /** The same of n elements along an axis. */
  default NDArray ihfft(long n, int axis, FourierNorm norm) {
    return FourierTransforms.fromReal(self(), n, axis, norm, true);
  }

  /** The transform along several axes; no axes means all. */
  default NDArray fftn(int... axes) {
    return FourierTransforms.along(self(), "fftn", null, axes, FourierNorm.BACKWARD);
  }

  /**
   * The transform along several axes.
   *
   * @param extents for each axis how many elements; -1 for those that are there
   * @param axes as many
   */
  default NDArray fftn(long[] extents, int[] axes, FourierNorm norm) {
    return FourierTransforms.along(self(), "fftn", extents, axes, norm);
  }

  /** The way back from {@link #fftn(int...)}. */
  default NDArray ifftn(int... axes) {
    return FourierTransforms.along(self(), "ifftn", null, axes, FourierNorm.BACKWARD);
  }

  /** The way back from {@link #fftn(long[], int[], FourierNorm)}. */
  default NDArray ifftn(long[] extents, int[] axes, FourierNorm norm) {
    return FourierTransforms.along(self(), "ifftn", extents, axes, norm);
  }

  /** The transform of real numbers along several axes, of the last of which one half is kept. */
  default NDArray rfftn(int... axes) {
    return FourierTransforms.along(self(), "rfftn", null, axes, FourierNorm.BACKWARD);
  }

  /** The same of so many elements along each axis. */
  default NDArray rfftn(long[] extents, int[] axes, FourierNorm norm) {
    return FourierTransforms.along(self(), "rfftn", extents, axes, norm);
  }

  /** The way back from {@link #rfftn(int...)}, of an even number of elements of the last axis. */
  default NDArray irfftn(int... axes) {
    return FourierTransforms.along(self(), "irfftn", null, axes, FourierNorm.BACKWARD);
  }

  /** The same; the last extent is that of the real numbers. */
  default NDArray irfftn(long[] extents, int[] axes, FourierNorm norm) {
    return FourierTransforms.along(self(), "irfftn", extents, axes, norm);
  }

  /** The transform along the last two axes. */
  default NDArray fft2() {
    return fftn(-2, -1);
  }

  /** The way back along the last two axes. */
  default NDArray ifft2() {
    return ifftn(-2, -1);
  }

  /** The transform of real numbers along the last two axes. */
  default NDArray rfft2() {
    return rfftn(-2, -1);
  }

  /** The way back along the last two axes to real numbers. */
  default NDArray irfft2() {
    return irfftn(-2, -1);
  }
}
