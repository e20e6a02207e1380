package dev.weft.core.device;

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
}
