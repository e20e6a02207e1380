package dev.weft.core.memory;

import dev.weft.core.device.Device;
import dev.weft.core.device.FarDevice;
import dev.weft.core.plan.HeldChunks;
import dev.weft.core.plan.Plan;
import java.util.ArrayList;
import java.util.List;

/**
 * What a job keeps on a device with memory of its own: one dense buffer for each chunk, whatever
 * the array is on the host, a source, a result or something in between.
 */
public final class FarMemory implements PlaceMemory {
  private final FarDevice device;
  private final Device host;
  private final ChunkTable chunks;
  private final HeldChunks held;

  /** An empty memory; {@code host} lends memory for what must be copied in. */
  public FarMemory(FarDevice device, Device host, Plan plan, HeldChunks held) {
    this.held = held;
    this.device = device;
    this.host = host;
    this.chunks = new ChunkTable(plan.graph().arrays(), array -> array.alias() == null);
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
    FarSlab slab = new FarSlab(device, count);
    List<TaskMemory> tasks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      tasks.add(new FarTaskMemory(this, host, slab));
    }
    return tasks;
  }
}
