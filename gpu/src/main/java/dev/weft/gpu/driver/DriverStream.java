package dev.weft.gpu.driver;

import jcuda.driver.CUstream;

/** A stream of the driver, which fills it in when it makes the stream; 0 is the default stream. */
public final class DriverStream extends CUstream implements CudaDriver.Stream {
  private static final long serialVersionUID = 1L;

  /** Not made by the driver yet: stands for the default stream. */
  public DriverStream() {}

  @Override
  public long address() {
    return getNativePointer();
  }
}
