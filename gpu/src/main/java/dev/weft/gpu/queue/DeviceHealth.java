package dev.weft.gpu.queue;

import dev.weft.core.error.DeviceException;
import dev.weft.core.error.DeviceLostException;
import dev.weft.core.error.DeviceMemoryException;
import dev.weft.gpu.driver.CudaError;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Whether a GPU still works. Turns errors of the driver into those of Weft; the first error by
 * which the context is lost is kept, and is the answer to everything from then on.
 */
public final class DeviceHealth {
  private final String device;
  private final AtomicReference<@Nullable DeviceLostException> loss = new AtomicReference<>();

  /** A device that works, known to people as {@code device}. */
  public DeviceHealth(String device) {
    this.device = device;
  }

  /** The device's name. */
  public String device() {
    return device;
  }

  /** Whether the context is gone. */
  public boolean isLost() {
    return loss.get() != null;
  }

  /**
   * Nothing, while the device works.
   *
   * @throws DeviceLostException with the reason for which it was lost
   */
  public void check() {
    DeviceLostException lost = loss.get();
    if (lost != null) {
      throw again(lost);
    }
  }

  /** What to tell of a failure of the driver, which may be that of earlier work. */
  public DeviceException failure(String doing, CudaError error) {
    DeviceLostException lost = loss.get();
    if (lost != null) {
      return again(lost);
    }
    if (error.isSticky()) {
      return lose(doing, error);
    }
    String message = "%s: %s: %s".formatted(device, doing, error.getMessage());
    return error.isOutOfMemory()
        ? new DeviceMemoryException(
            message + ". Free buffers, use smaller chunks, or end other programs on the GPU.",
            error)
        : new DeviceException(message, error);
  }

  /** Gives the device up, whatever the error is: after it nobody knows what still runs. */
  public DeviceLostException lose(String doing, Throwable reason) {
    DeviceLostException made =
        new DeviceLostException(
            "%s is lost: %s: %s. What its memory held is gone; open it anew in a new process."
                .formatted(device, doing, reason.getMessage()),
            reason);
    DeviceLostException first = loss.compareAndExchange(null, made);
    return first == null ? made : again(first);
  }

  /** The failure of everything after the loss; what was thrown before is not thrown again. */
  public DeviceLostException lost() {
    DeviceLostException lost = loss.get();
    if (lost == null) {
      throw new IllegalStateException(device + " is not lost");
    }
    return again(lost);
  }

  private static DeviceLostException again(DeviceLostException first) {
    return new DeviceLostException(String.valueOf(first.getMessage()), first);
  }
}
