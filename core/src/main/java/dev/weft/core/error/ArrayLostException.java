package dev.weft.core.error;

import org.jspecify.annotations.Nullable;

/** An array was persisted on a device that is lost, and cannot be read any more. */
public final class ArrayLostException extends DeviceException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param array what was lost: label, type and shape
   * @param device the device that held a part of it
   * @param cause why the device is lost
   */
  public ArrayLostException(String array, String device, @Nullable Throwable cause) {
    super(
        "the array %s was kept on %s, which is lost%s. Make it again from what it was made of; with compute() instead of persist() it stays on the host"
            .formatted(array, device, cause == null ? "" : " (" + cause.getMessage() + ")"),
        cause);
  }
}
