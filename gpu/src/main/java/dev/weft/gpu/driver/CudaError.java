package dev.weft.gpu.driver;

/** A function of the driver answered with an error; {@link #code} is the driver's number for it. */
final class CudaError extends Exception {
  private static final long serialVersionUID = 1L;

  static final int STUB_LIBRARY = 34;
  static final int DEVICE_UNAVAILABLE = 46;
  static final int NO_DEVICE = 100;
  static final int OPERATING_SYSTEM = 304;
  static final int NOT_PERMITTED = 800;
  static final int SYSTEM_NOT_READY = 802;
  static final int SYSTEM_DRIVER_MISMATCH = 803;
  static final int COMPAT_NOT_SUPPORTED = 804;
  static final int UNKNOWN = 999;

  private final int code;

  CudaError(String function, int code, String name) {
    super("%s answered %s (%d)".formatted(function, name, code));
    this.code = code;
  }

  int code() {
    return code;
  }
}
