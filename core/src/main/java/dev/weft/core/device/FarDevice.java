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

  /** Copies the dense elements at the beginning of a buffer to a block of the host. */
  void copyOut(DeviceBuffer from, HostBlock to, Completion completion);

  /**
   * One of several copies to the host.
   *
   * @param from holds the dense elements at its beginning
   * @param completion hears of the end of this copy
   */
  record CopyOut(DeviceBuffer from, HostBlock to, Completion completion) {}

  /** Copies as if each were asked for alone, but small ones may come together. Never throws. */
  default void copyOut(List<CopyOut> copies) {
    for (CopyOut copy : copies) {
      try {
        copyOut(copy.from(), copy.to(), copy.completion());
      } catch (RuntimeException | Error e) {
        copy.completion().done(e);
      }
    }
  }

  /**
   * Several buffers of so many bytes each, closed one by one, which may lie side by side, so that
   * what comes from them comes in one piece.
   */
  default List<DeviceBuffer> allocate(long bytes, int count) {
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
}
