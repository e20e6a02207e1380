package dev.weft.core.error;

import org.jspecify.annotations.Nullable;

/** A device has no memory left for what was asked; another device, or a later time, may have. */
public final class DeviceMemoryException extends DeviceException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with a message that names the bytes, the limit and the remedy. */
  public DeviceMemoryException(String message) {
    super(message);
  }

  /** Creates the exception with the failure that led to it. */
  public DeviceMemoryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
