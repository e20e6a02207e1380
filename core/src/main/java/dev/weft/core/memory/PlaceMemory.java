package dev.weft.core.memory;

import dev.weft.core.device.Device;
import java.util.ArrayList;
import java.util.List;

/** What a job keeps in the memory of one device. */
public sealed interface PlaceMemory permits FarMemory, JobMemory {
  /** The device. */
  Device device();

  /** The chunks that are in buffers of their own. */
  ChunkTable chunks();

  /** The memory as a task sees it that is about to begin. */
  TaskMemory task();

  /** The memory as tasks see it that are about to be started as one. */
  default List<TaskMemory> tasks(int count) {
    List<TaskMemory> tasks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      tasks.add(task());
    }
    return tasks;
  }
}
