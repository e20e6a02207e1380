package dev.weft.core.memory;

import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.error.InternalException;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.ArrayDef.Storage;
import dev.weft.core.memory.ResidentMemory.Chunk;
import dev.weft.core.plan.Plan;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Results of a job that stay in chunks where they were made: taken out of the job's tables at its
 * end, and given back when nobody comes for them.
 */
public final class KeptChunks {
  private final DeviceGroup devices;
  private final HeldMemory held;
  private final Map<ArrayDef, @Nullable Chunk[]> kept = new IdentityHashMap<>();

  public KeptChunks(Plan plan, HeldMemory held) {
    this.held = held;
    this.devices = held.devices();
    for (ArrayDef result : plan.graph().results()) {
      if (result.storage() == Storage.RESIDENT) {
        kept.put(result, new Chunk[Math.toIntExact(result.grid().count())]);
      }
    }
  }

  /** Whether a result is among them. */
  public boolean holds(ArrayDef result) {
    return kept.containsKey(result);
  }

  /** Takes what a device has and no other has given yet. */
  public void takeFrom(PlaceMemory memory) {
    kept.forEach(
        (array, chunks) -> {
          for (int chunk = 0; chunk < chunks.length; chunk++) {
            DeviceBuffer buffer = chunks[chunk] == null ? memory.chunks().take(array, chunk) : null;
            if (buffer != null) {
              long bytes = array.chunkBytes(chunk);
              Chunk taken = new Chunk(memory.device(), buffer, bytes);
              if (!taken.isOnDisk()) {
                devices.take(memory.device(), buffer);
              }
              chunks[chunk] = taken;
            }
          }
        });
  }

  /** Hands a result over, once. */
  public ResidentChunks release(ArrayDef result) {
    List<Chunk> all = new ArrayList<>();
    for (Chunk chunk : kept.getOrDefault(result, new Chunk[1])) {
      if (chunk == null) {
        throw new InternalException("a chunk of " + result.label() + " is on no device");
      }
      all.add(chunk);
    }
    kept.remove(result);
    return new ResidentChunks(result, devices, all, held);
  }

  /** Gives back what nobody has come for. */
  public void close() {
    for (@Nullable Chunk[] chunks : kept.values()) {
      for (Chunk chunk : chunks) {
        if (chunk != null) {
          chunk.close(devices);
        }
      }
    }
    kept.clear();
  }
}
