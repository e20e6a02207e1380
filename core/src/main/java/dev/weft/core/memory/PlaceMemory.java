package dev.weft.core.memory;

import dev.weft.core.device.Device;

/** What a job keeps in the memory of one device. */
public sealed interface PlaceMemory permits FarMemory, JobMemory {
  /** The device. */
  Device device();

  /** The chunks that are in buffers of their own. */
  ChunkTable chunks();

  /** The memory as a task sees it that is about to begin. */
  TaskMemory task();
}
