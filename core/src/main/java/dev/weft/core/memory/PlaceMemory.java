package dev.weft.core.memory;

import dev.weft.core.device.Device;
import java.util.List;

/** What a job keeps in the memory of one device. */
public sealed interface PlaceMemory permits FarMemory, JobMemory {
  /** The device. */
  Device device();

  /** The chunks that are in buffers of their own. */
  ChunkTable chunks();

  /** The memory as each of several tasks sees it that are about to begin as one. */
  List<TaskMemory> tasks(int count);
}
