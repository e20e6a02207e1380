package dev.weft.core.memory;

import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.FarDevice;
import dev.weft.core.expr.Identity;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.plan.HeldChunks;
import dev.weft.core.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a job keeps on a device with memory of its own: one dense buffer for each chunk, whatever
 * the array is on the host, a source, a result or something in between. Copies of sources are
 * shared with other jobs where the device keeps them.
 */
public final class FarMemory implements PlaceMemory {
  private final FarDevice device;
  private final Device host;
  private final ChunkTable chunks;
  private final HeldChunks held;
  private final SourceIdentities sources;
  private final @Nullable CopyCache copies;
  private final long job;

  /**
   * An empty memory.
   *
   * @param host lends memory for what must be copied in
   * @param copies what the device keeps of sources from job to job, null where it keeps nothing
   */
  public FarMemory(
      FarDevice device,
      Device host,
      Plan plan,
      HeldChunks held,
      SourceIdentities sources,
      @Nullable CopyCache copies) {
    this.held = held;
    this.device = device;
    this.host = host;
    this.sources = sources;
    this.copies = copies;
    this.chunks =
        new ChunkTable(plan.graph().arrays(), array -> array.alias() == null, this::release);
    this.job = copies == null ? 0 : copies.begin();
    for (ArrayDef array : plan.graph().arrays()) {
      Identity identity = sources.of(array);
      if (copies != null && identity != null) {
        copies.reads(identity, array.shape(), job);
      }
    }
    JobMemory.lend(device, plan, chunks);
  }

  @Override
  public FarDevice device() {
    return device;
  }

  @Override
  public ChunkTable chunks() {
    return chunks;
  }

  public HeldChunks held() {
    return held;
  }

  @Override
  public List<TaskMemory> tasks(int count) {
    SlabBuffers together = new SlabBuffers(device, count);
    FarCopies pending = new FarCopies(device);
    List<TaskMemory> tasks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      tasks.add(new FarTaskMemory(this, host, together, pending));
    }
    return tasks;
  }

  /** Whether an earlier job has left a copy of a chunk here; a moment later it may be gone. */
  public boolean isKept(ArrayDef array, long chunk) {
    return copies != null && sources.isKept(array, chunk, held, copies);
  }

  /** Takes such a copy for this job; false when it is gone. */
  public boolean takeKept(ArrayDef array, long chunk) {
    Identity identity = sources.of(array);
    if (copies == null || identity == null) {
      return false;
    }
    DeviceBuffer buffer = copies.borrow(identity, array.shape(), held.region(array, chunk));
    return buffer != null && chunks.publish(array, chunk, buffer);
  }

  /** A chunk has been copied to a buffer: it is there for this job, and for others. */
  void arrived(ArrayDef array, long chunk, DeviceBuffer buffer) {
    Identity identity = sources.of(array);
    if (chunks.publish(array, chunk, buffer) && copies != null && identity != null) {
      copies.add(identity, array.shape(), held.region(array, chunk), buffer, job);
    }
  }

  /** Gives back what the device keeps that no job uses; whether there was any. */
  public boolean giveUpCopies() {
    return copies != null && copies.giveUp(Long.MAX_VALUE) > 0;
  }

  private void release(DeviceBuffer buffer) {
    if (copies == null) {
      buffer.close();
    } else {
      copies.release(buffer);
    }
  }
}
