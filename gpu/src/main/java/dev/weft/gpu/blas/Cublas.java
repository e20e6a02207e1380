package dev.weft.gpu.blas;

/**
 * The functions of cuBLAS that Weft uses. Two bindings call them: JCuda's where {@code
 * libcublas.so.12} is found, {@link NativeCublas} for that and for {@code libcublas.so.13}, which
 * JCuda's natives cannot load.
 *
 * <p>Neither binding has run on a GPU yet: signatures and constants are those of NVIDIA's
 * documentation, and that the functions exist is checked when a library is bound.
 */
public interface Cublas {
  /** Which binding of which library this is, for people. */
  String describe();

  /**
   * A handle on the current context of the calling thread.
   *
   * @throws dev.weft.core.error.DeviceException when cuBLAS refuses
   */
  Handle open();

  /** A stream of the driver. */
  interface Stream {
    /** The driver's handle; 0 is the default stream. */
    long address();
  }

  /** The state of cuBLAS for one stream at a time; not safe for several threads at once. */
  interface Handle extends AutoCloseable {
    /** cuBLAS's version, such as 120605. */
    int version();

    /** The stream in which products run from now on. */
    void stream(Stream stream);

    /** Products of float64; returns before they are computed. */
    void float64(Products products, double alpha, double beta);

    /** Products of float32, without TF32; returns before they are computed. */
    void float32(Products products, float alpha, float beta);

    @Override
    void close();
  }
}
