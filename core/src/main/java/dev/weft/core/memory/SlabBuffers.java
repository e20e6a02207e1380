package dev.weft.core.memory;

import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.FarDevice;
import dev.weft.core.error.DeviceMemoryException;
import dev.weft.core.fuse.ArrayDef;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The small partial results of tasks that are started as one: those of an array lie side by side,
 * so that they come to the host in one piece.
 */
final class SlabBuffers {
  /** Larger partial results gain nothing, and would keep memory from each other's use. */
  private static final long SMALL = 4096;

  private final FarDevice device;
  private final int tasks;
  private final Map<Integer, Deque<DeviceBuffer>> parts = new HashMap<>();
  private int ended;

  SlabBuffers(FarDevice device, int tasks) {
    this.device = device;
    this.tasks = tasks;
  }

  /** Memory for what a task makes of an array; null where it is better by itself. */
  synchronized @Nullable DeviceBuffer next(ArrayDef array, long bytes) {
    if (tasks == 1 || array.partial() == null || bytes > SMALL) {
      return null;
    }
    Deque<DeviceBuffer> left = parts.get(array.id());
    if (left == null) {
      left = new ArrayDeque<>();
      parts.put(array.id(), left);
      try {
        left.addAll(device.allocate(bytes, tasks));
      } catch (DeviceMemoryException full) {
        // Each by itself may still find some.
        return null;
      }
    }
    // The last chunk of a grid may be the largest of a slab.
    return !left.isEmpty() && left.peek().bytes() >= bytes ? left.remove() : null;
  }

  /** One of the tasks has ended; with the last, what none has taken is given back. */
  synchronized void ended() {
    if (++ended == tasks) {
      parts.values().forEach(left -> left.forEach(DeviceBuffer::close));
      parts.clear();
    }
  }
}
