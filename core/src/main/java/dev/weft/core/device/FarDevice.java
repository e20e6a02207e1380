package dev.weft.core.device;

import java.util.ArrayList;
import java.util.List;

/**
 * A device with memory of its own, which the host cannot reach: {@link DeviceBuffer#host} is null,
 * and blocks are copied in and out. Copies are asynchronous, run beside launches, and are not
 * ordered with them: a copy is asked for when what it reads is complete.
 */
public interface FarDevice extends Device {
  /**
   * Copies a block of the host to the beginning of a buffer, dense and in C order. Never throws for
   * a failure of the copy itself, which goes to the completion.
   *
   * @param from stays as it is until the completion has heard
   */
  void copyIn(HostBlock from, DeviceBuffer to, Completion completion);

  /**
   * Several buffers of at least so many bytes each, aligned to 64 bytes, whose elements are likely
   * to be copied to the host {@link #together}.
   *
   * @throws dev.weft.core.error.DeviceMemoryException when the memory limit would be passed
   */
  default List<DeviceBuffer> allocate(int count, long bytes) {
    List<DeviceBuffer> buffers = new ArrayList<>(count);
    try {
      for (int i = 0; i < count; i++) {
        buffers.add(allocate(bytes));
      }
      return buffers;
    } catch (RuntimeException | Error e) {
      buffers.forEach(DeviceBuffer::close);
      throw e;
    }
  }

  /**
   * Runs something that asks for copies by the calling thread, which the device may make together:
   * none of them begins later than this returns.
   */
  default void together(Runnable asking) {
    asking.run();
  }

  /** Copies the dense elements at the beginning of a buffer to a block of the host. */
  void copyOut(DeviceBuffer from, HostBlock to, Completion completion);
}
