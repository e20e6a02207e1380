package dev.weft.core.memory;

import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.HostBlock;
import dev.weft.core.expr.Leases;
import dev.weft.core.spill.SpillDevice;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a persisted array, which knows nothing of the array itself. A job that reads it
 * pins the chunks where they are; while nobody does, those on the host may go to disk. Given back
 * once, when it is closed and no job uses it.
 */
public final class ResidentMemory implements HeldMemory.Holding {
  private final String name;
  private final DeviceGroup devices;
  private final HeldMemory held;
  private final WeakReference<Object> owner;
  private final Leases leases = new Leases();
  private final Chunk[] chunks;

  /** Chunks that a job has read from disk, and that stay on the host when it has ended. */
  private final @Nullable Chunk[] back;

  private final BitSet leaving = new BitSet();
  private int pins;
  private int moves;
  private boolean unused;
  private boolean given;
  private long used;

  /**
   * A chunk, and the device whose memory it is in.
   *
   * @param bytes of its elements
   */
  public record Chunk(Device device, DeviceBuffer buffer, long bytes) {
    boolean isOnDisk() {
      return device instanceof SpillDevice;
    }

    /** Gives the memory back. */
    void close(DeviceGroup devices) {
      buffer.close();
      if (!isOnDisk()) {
        devices.give(device, buffer);
      }
    }
  }

  public ResidentMemory(
      String name, Object owner, DeviceGroup devices, List<Chunk> chunks, HeldMemory held) {
    this.name = name;
    this.owner = new WeakReference<>(owner);
    this.devices = devices;
    this.held = held;
    this.chunks = chunks.toArray(Chunk[]::new);
    this.back = new Chunk[this.chunks.length];
    this.used = held.tick();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isForgotten() {
    return owner.refersTo(null);
  }

  @Override
  public synchronized long bytes(Device device) {
    long bytes = 0;
    for (int i = 0; i < chunks.length; i++) {
      bytes += chunks[i].device == device && !given ? chunks[i].buffer.bytes() : 0;
      Chunk also = back[i];
      bytes += also != null && also.device == device ? also.buffer.bytes() : 0;
    }
    return bytes;
  }

  /** When it was last read, in ticks. */
  public synchronized long used() {
    return used;
  }

  public synchronized Chunk chunk(long number) {
    return chunks[(int) number];
  }

  public int count() {
    return chunks.length;
  }

  public synchronized boolean isOnDisk() {
    for (Chunk chunk : chunks) {
      if (chunk.isOnDisk()) {
        return true;
      }
    }
    return false;
  }

  public boolean isClosed() {
    return leases.isClosed();
  }

  /** Begins a use by a job, which keeps the memory from being given back; false when closed. */
  public boolean begin() {
    return leases.begin();
  }

  public void end() {
    if (leases.end()) {
      giveBack();
    }
  }

  /** Keeps every chunk where it is. */
  public synchronized void pin() {
    pins++;
  }

  public void unpin() {
    List<Chunk> gone = new ArrayList<>();
    synchronized (this) {
      pins--;
      used = held.tick();
      for (int i = 0; pins == 0 && i < chunks.length; i++) {
        Chunk here = back[i];
        if (here != null) {
          gone.add(chunks[i]);
          chunks[i] = here;
          back[i] = null;
        }
      }
    }
    gone.forEach(chunk -> chunk.close(devices));
    held.changed();
  }

  /** A job that has pinned the array leaves its copy of a chunk; true when that is taken. */
  public synchronized boolean keep(long number, Chunk copy) {
    boolean takes = pins > 0 && chunks[(int) number].isOnDisk() && back[(int) number] == null;
    if (takes) {
      back[(int) number] = copy;
    }
    return takes;
  }

  /** Lets no job begin to use it, and gives it back when none does. */
  public void close() {
    if (leases.close()) {
      giveBack();
    }
  }

  /** Nobody can use it any more. */
  @Override
  public void giveBack() {
    leases.close();
    List<Chunk> gone;
    synchronized (this) {
      unused = true;
      gone = takeAll();
    }
    gone.forEach(chunk -> chunk.close(devices));
  }

  private List<Chunk> takeAll() {
    if (!unused || given || moves > 0) {
      return List.of();
    }
    given = true;
    held.remove(this);
    List<Chunk> all = new ArrayList<>(List.of(chunks));
    for (Chunk also : back) {
      if (also != null) {
        all.add(also);
      }
    }
    return all;
  }

  /** Begins to bring chunks to disk, of so many bytes if there are; the number of bytes. */
  public long spill(long wanted, SpillDevice disk) {
    List<Integer> going = new ArrayList<>();
    long bytes = 0;
    synchronized (this) {
      for (int i = 0; pins == 0 && !unused && bytes < wanted && i < chunks.length; i++) {
        if (chunks[i].device == devices.host() && chunks[i].bytes > 0 && !leaving.get(i)) {
          leaving.set(i);
          going.add(i);
          bytes += chunks[i].buffer.bytes();
        }
      }
      moves += going.size();
    }
    going.forEach(i -> spill(i, disk));
    return bytes;
  }

  private void spill(int i, SpillDevice disk) {
    Chunk from = chunk(i);
    Chunk to = new Chunk(disk, disk.allocate(from.bytes), from.bytes);
    held.leaves(from.buffer.bytes());
    HostBlock block =
        HostBlock.dense(
            JobMemory.host(from.buffer).asSlice(0, from.bytes), new long[] {from.bytes}, 1);
    disk.copyIn(block, to.buffer, failure -> left(i, from, to, failure));
  }

  private void left(int i, Chunk from, Chunk to, @Nullable Throwable failure) {
    List<Chunk> gone = new ArrayList<>();
    synchronized (this) {
      moves--;
      leaving.clear(i);
      // A job that has come meanwhile reads the chunk where it was.
      boolean goes = failure == null && pins == 0;
      if (goes) {
        chunks[i] = to;
      }
      gone.add(goes ? from : to);
      gone.addAll(takeAll());
    }
    long bytes = from.buffer.bytes();
    gone.forEach(chunk -> chunk.close(devices));
    held.left(bytes, failure);
  }
}
