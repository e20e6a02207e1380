package dev.weft.core.memory;

import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.ArrayLostException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A persisted array: its chunks, each in a buffer of its own on the device that made it, where
 * later jobs find them. The memory is given back when nothing refers to the array any more, or when
 * the session closes.
 */
public final class ResidentChunks implements ArraySource {
  private static final Cleaner CLEANER = Cleaner.create();
  private static final String PREFIX = "persisted ";

  private final DType dtype;
  private final Chunks grid;
  private final String description;
  private final DeviceGroup devices;
  private final List<Chunk> chunks;

  /** A chunk, and the device whose memory it is in. */
  public record Chunk(Device device, DeviceBuffer buffer) {
    /** Gives the memory back. */
    void close(DeviceGroup devices) {
      buffer.close();
      devices.give(device, buffer);
    }
  }

  /**
   * An array that owns its chunks.
   *
   * @param result what the job called it
   * @param open the arrays of the session that still hold memory; each entry gives its memory back
   */
  public ResidentChunks(
      ArrayDef result, DeviceGroup devices, List<Chunk> chunks, Set<Runnable> open) {
    this.dtype = result.dtype();
    this.grid = result.grid();
    String label = result.label();
    this.description = label.startsWith(PREFIX) ? label : PREFIX + label;
    this.devices = devices;
    this.chunks = List.copyOf(chunks);
    Release release = new Release(this.chunks, devices, open, new AtomicBoolean());
    open.add(release);
    CLEANER.register(this, release);
  }

  /** Gives the memory back once, whoever asks first: the cleaner or the session. */
  private record Release(
      List<Chunk> chunks, DeviceGroup devices, Set<Runnable> open, AtomicBoolean done)
      implements Runnable {
    @Override
    public void run() {
      if (done.compareAndSet(false, true)) {
        open.remove(this);
        chunks.forEach(chunk -> chunk.close(devices));
      }
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /** Lends the chunks that are on a device to a job. */
  public void lend(Device device, ArrayDef array, ChunkTable table) {
    for (int chunk = 0; chunk < chunks.size(); chunk++) {
      if (chunks.get(chunk).device == device) {
        table.lend(array, chunk, chunks.get(chunk).buffer);
      }
    }
  }

  /** The device that holds a chunk. */
  public Device device(long chunk) {
    return chunks.get((int) chunk).device;
  }

  /**
   * Refuses to be read when a device that holds a part of it is lost.
   *
   * @throws ArrayLostException that says which
   */
  public void requireThere() {
    for (Chunk chunk : chunks) {
      Throwable loss = devices.loss(chunk.device);
      if (loss != null) {
        throw new ArrayLostException(
            "'%s', %s %s".formatted(description, dtype, shape()), chunk.device.info().name(), loss);
      }
    }
  }

  /** The grid in which the chunks were made. */
  public Chunks grid() {
    return grid;
  }

  @Override
  public Shape shape() {
    return grid.shape();
  }

  @Override
  public DType dtype() {
    return dtype;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public boolean isResident() {
    return true;
  }

  @Override
  public void read(Region region, MemorySegment target) throws IOException {
    throw new IOException("a persisted array is read by jobs of its session, chunk by chunk");
  }
}
