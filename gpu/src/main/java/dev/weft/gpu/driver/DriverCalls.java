package dev.weft.gpu.driver;

/** The functions of the driver that tell what is there; the place for faults in tests. */
interface DriverCalls {
  /** Starts the driver; everything else comes after it. */
  void initialize() throws CudaError;

  /** The newest CUDA that the driver supports, 1000·major + 10·minor. */
  int version() throws CudaError;

  int deviceCount() throws CudaError;

  DriverDevice device(int ordinal) throws CudaError;
}
