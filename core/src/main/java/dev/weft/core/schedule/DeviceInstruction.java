package dev.weft.core.schedule;

import dev.weft.core.place.Placement;
import dev.weft.core.schedule.Instruction.Failure;
import org.jspecify.annotations.Nullable;

/** What the scheduler of several devices wants done. Devices are numbers of places. */
public sealed interface DeviceInstruction {
  /**
   * Run a task: all that it reads is in the device's memory, and it writes into buffers of its own.
   * Tasks of one device begin in this order. After a loss a task may run again: of what it writes,
   * a chunk that is there already or is on its way stays as it is, and the new one is dropped.
   *
   * @param reason why it runs there
   */
  record Run(int stage, long chunk, int device, Placement reason) implements DeviceInstruction {}

  /**
   * Copy a chunk between the host and another device. Copies over one link in one direction are
   * made in this order, beside tasks.
   */
  record Copy(int array, long chunk, int from, int to) implements DeviceInstruction {}

  /** The device needs this chunk no more: give its buffer there back. */
  record Free(int array, long chunk, int device) implements DeviceInstruction {}

  /** Nothing is running and nothing is left to run; the job is over. */
  record Finish(@Nullable Failure failure) implements DeviceInstruction {}
}
