package dev.weft.core.schedule;

/**
 * What the scheduler of several devices hears. Devices are numbers of places; {@code nanos} is when
 * it happened, on a clock that never goes back: the scheduler has none of its own.
 */
public sealed interface DeviceEvent {
  /** When it happened. */
  long nanos();

  /** The job begins. */
  record Started(long nanos) implements DeviceEvent {}

  /**
   * A task has ended well.
   *
   * @param took how long it was at work, without waiting in the device's queue
   */
  record TaskDone(int stage, long chunk, int device, long nanos, long took)
      implements DeviceEvent {}

  /** A task has failed for a reason that every device would meet: the job stops. */
  record TaskFailed(int stage, long chunk, int device, long nanos, Throwable cause)
      implements DeviceEvent {}

  /** The device could not run a task, for lack of memory say: it never gets this one again. */
  record TaskRefused(int stage, long chunk, int device, long nanos, Throwable cause)
      implements DeviceEvent {}

  /**
   * A chunk has arrived.
   *
   * @param took how long it was on the link, without waiting for it
   */
  record CopyDone(int array, long chunk, int from, int to, long nanos, long took)
      implements DeviceEvent {}

  /**
   * A chunk could not be brought to a device, which has no memory for it, say: the device does not
   * get the tasks that were waiting for it there.
   *
   * @param everywhere whether the chunk itself cannot be had, so that the job stops
   */
  record CopyFailed(
      int array, long chunk, int from, int to, long nanos, Throwable cause, boolean everywhere)
      implements DeviceEvent {}

  /** A device is lost with all it holds. Nothing more is heard of its tasks and copies. */
  record DeviceFailed(int device, long nanos, Throwable cause) implements DeviceEvent {}

  /** Something beside tasks and devices has failed: the job stops. */
  record Failed(long nanos, Throwable cause) implements DeviceEvent {}

  /** The user wants the job to stop. */
  record Cancelled(long nanos) implements DeviceEvent {}
}
