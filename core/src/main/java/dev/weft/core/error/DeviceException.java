package dev.weft.core.error;

import org.jspecify.annotations.Nullable;

/** The machine could not do what was asked: memory, a driver, a file system, a lost device. */
public class DeviceException extends WeftException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with a message that names the limit met and the remedy. */
  public DeviceException(String message) {
    super(message, null);
  }

  /** Creates the exception with the failure that led to it. */
  public DeviceException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
