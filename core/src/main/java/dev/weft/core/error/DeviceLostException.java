package dev.weft.core.error;

import org.jspecify.annotations.Nullable;

/** A device is gone, with everything that its memory held, and runs nothing more. */
public final class DeviceLostException extends DeviceException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with a message that names the device and the reason. */
  public DeviceLostException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
