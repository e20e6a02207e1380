package dev.weft.core.execute;

import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.InternalException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.ArrayDef.Storage;
import dev.weft.core.plan.Plan;
import dev.weft.core.shape.Region;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Where every array of a job is. Result memory is handed over at the end; everything else is given
 * back, when the last reader has ended or at the latest when the job does.
 */
final class JobMemory {
  private final Device device;
  private final List<ArrayDef> arrays;
  private final @Nullable MemorySegment[] dense;
  private final @Nullable DeviceBuffer[] denseBuffers;
  private final AtomicReferenceArray<@Nullable DeviceBuffer>[] chunks;

  @SuppressWarnings({"unchecked", "rawtypes"})
  JobMemory(Device device, Plan plan) {
    this.device = device;
    this.arrays = plan.graph().arrays();
    this.dense = new MemorySegment[arrays.size()];
    this.denseBuffers = new DeviceBuffer[arrays.size()];
    this.chunks = new AtomicReferenceArray[arrays.size()];
    for (ArrayDef array : arrays) {
      boolean chunked = array.storage() == Storage.CHUNKED || array.storage() == Storage.PARTIALS;
      chunks[array.id()] =
          new AtomicReferenceArray<>(chunked ? Math.toIntExact(array.grid().count()) : 0);
    }
  }

  /** Gives a dense array memory that somebody else owns. */
  void place(ArrayDef array, MemorySegment memory) {
    dense[array.id()] = memory;
  }

  /** Allocates what dense arrays are without memory yet. */
  void allocateDense() {
    for (ArrayDef array : arrays) {
      if (array.storage() == Storage.DENSE && array.alias() == null && dense[array.id()] == null) {
        DeviceBuffer buffer = device.allocate(Math.max(1, array.bytes()));
        denseBuffers[array.id()] = buffer;
        dense[array.id()] = host(buffer).asSlice(0, array.bytes());
      }
    }
  }

  /** The elements of a dense array, in C order. */
  MemorySegment dense(ArrayDef array) {
    ArrayDef memory = array.alias() == null ? array : array.alias();
    MemorySegment segment = dense[memory.id()];
    if (segment == null) {
      throw new InternalException("array " + array.label() + " has no memory");
    }
    return segment;
  }

  /** Takes the buffer of a dense array out of this job's care. */
  synchronized @Nullable DeviceBuffer release(ArrayDef array) {
    DeviceBuffer buffer = denseBuffers[array.id()];
    denseBuffers[array.id()] = null;
    return buffer;
  }

  /** Allocates a chunk that a task is about to write. */
  MemorySegment create(ArrayDef array, long chunk) {
    DeviceBuffer buffer = device.allocate(Math.max(1, array.chunkBytes(chunk)));
    chunks[array.id()].set((int) chunk, buffer);
    return host(buffer);
  }

  /** A chunk that a task has written. */
  MemorySegment chunk(ArrayDef array, long chunk) {
    DeviceBuffer buffer = chunks[array.id()].get((int) chunk);
    if (buffer == null) {
      throw new InternalException("chunk " + chunk + " of " + array.label() + " is gone");
    }
    return host(buffer);
  }

  /** Memory for one task. */
  DeviceBuffer temporary(long bytes) {
    return device.allocate(Math.max(1, bytes));
  }

  static MemorySegment host(DeviceBuffer buffer) {
    return Objects.requireNonNull(buffer.host());
  }

  void free(int array, long chunk) {
    DeviceBuffer buffer = chunks[array].getAndSet((int) chunk, null);
    if (buffer != null) {
      buffer.close();
    }
  }

  /** Gives back whatever is left. */
  void close() {
    closeAllBut(List.of());
  }

  /** Gives back whatever is left, except the memory of these dense arrays. */
  void closeAllBut(List<ArrayDef> kept) {
    Set<Integer> spared = new HashSet<>();
    kept.forEach(array -> spared.add(array.id()));
    for (ArrayDef array : arrays) {
      for (int chunk = 0; chunk < chunks[array.id()].length(); chunk++) {
        free(array.id(), chunk);
      }
      DeviceBuffer buffer = spared.contains(array.id()) ? null : release(array);
      if (buffer != null) {
        buffer.close();
      }
    }
  }

  static ArraySource source(ArrayDef array) {
    return Objects.requireNonNull(array.source());
  }

  /** Reads part of a source that cannot be read in place. */
  static void read(ArrayDef array, Region region, MemorySegment target) {
    try {
      source(array).read(region, target);
    } catch (IOException e) {
      throw new DeviceException(
          "reading %s of %s failed: %s"
              .formatted(region, source(array).description(), e.getMessage()),
          e);
    }
  }
}
