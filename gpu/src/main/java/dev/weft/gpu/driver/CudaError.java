package dev.weft.gpu.driver;

/** A function of the driver answered with an error; {@link #code} is the driver's number for it. */
public final class CudaError extends Exception {
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

  /** The GPU, or the host for pinned memory, has no room. */
  public static final int OUT_OF_MEMORY = 2;

  /** An address that is not the caller's, by which the context is lost. */
  public static final int ILLEGAL_ADDRESS = 700;

  /** The thread has no context, or one that is gone. */
  public static final int INVALID_CONTEXT = 201;

  /** An argument is out of range. */
  public static final int INVALID_VALUE = 1;

  /** A handle was never made, or was given back. */
  public static final int INVALID_HANDLE = 400;

  /** A module has no function of this name. */
  public static final int NOT_FOUND = 500;

  private final int code;

  /**
   * An answer other than success.
   *
   * @param name the driver's name for {@code code}
   */
  public CudaError(String function, int code, String name) {
    super("%s answered %s (%d)".formatted(function, name, code));
    this.code = code;
  }

  /** The driver's number. */
  public int code() {
    return code;
  }

  /** Whether there was no memory, which says nothing about the rest. */
  public boolean isOutOfMemory() {
    return code == OUT_OF_MEMORY;
  }

  /**
   * Whether the context is gone with all it held. By the driver's documentation these errors leave
   * the process unable to go on with the context; others concern one call.
   */
  public boolean isSticky() {
    return switch (code) {
      // Deinitialized, device unavailable, context invalid or destroyed.
      case 4, DEVICE_UNAVAILABLE, INVALID_CONTEXT, 709 -> true;
      // Uncorrectable errors of memory and NVLink; an error that the hardware contained.
      case 214, 220, 226 -> true;
      // Illegal address, launch timeout.
      case ILLEGAL_ADDRESS, 702 -> true;
      // Assertion; stack, instruction, alignment, address space, program counter, launch failed;
      // leak of tensor memory.
      case 710, 714, 715, 716, 717, 718, 719, 721 -> true;
      // MPS client terminated, external device, unknown.
      case 810, 911, UNKNOWN -> true;
      default -> false;
    };
  }
}
