package dev.weft.core.memory;

import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.ArrayLostException;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.memory.ResidentMemory.Chunk;
import dev.weft.core.place.MemoryAccount;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.util.List;

/**
 * A persisted array: its chunks, each in a buffer of its own on the device that made it, or on disk
 * when the host was short of memory, where later jobs find them. The memory is given back when the
 * array is closed, nothing refers to it any more, or the session closes.
 */
public final class ResidentChunks implements ArraySource {
  private static final Cleaner CLEANER = Cleaner.create();
  private static final String PREFIX = "persisted ";

  /** A chunk stays on the host after a job only where it leaves this part of the memory free. */
  private static final int SPARE = 4;

  private final DType dtype;
  private final Chunks grid;
  private final String description;
  private final DeviceGroup devices;
  private final ResidentMemory memory;

  /**
   * An array that owns its chunks.
   *
   * @param result what the job called it
   * @param held what the session holds, this array among it
   */
  ResidentChunks(ArrayDef result, DeviceGroup devices, List<Chunk> chunks, HeldMemory held) {
    this.dtype = result.dtype();
    this.grid = result.grid();
    String label = result.label();
    this.description = label.startsWith(PREFIX) ? label : PREFIX + label;
    this.devices = devices;
    String name = "'%s', %s %s".formatted(description, dtype, grid.shape());
    this.memory = new ResidentMemory(name, this, devices, chunks, held);
    held.add(memory);
    CLEANER.register(this, memory::giveBack);
  }

  /** Lends the chunks that are on a device to a job. */
  public void lend(Device device, ArrayDef array, ChunkTable table) {
    for (int number = 0; number < memory.count(); number++) {
      Chunk chunk = memory.chunk(number);
      if (chunk.device() == device) {
        table.lend(array, number, chunk.buffer());
      }
    }
  }

  /** The device that holds a chunk. */
  public Device device(long chunk) {
    return memory.chunk(chunk).device();
  }

  /** Whether a part of it is on disk, from where a job has to bring it. */
  public boolean isOnDisk() {
    return memory.isOnDisk();
  }

  /**
   * Refuses to be read when it is closed, or when a device that holds a part of it is lost.
   *
   * @throws ArrayLostException that says which
   */
  public void requireThere() {
    if (memory.isClosed()) {
      throw closed();
    }
    for (int number = 0; number < memory.count(); number++) {
      Device device = memory.chunk(number).device();
      Throwable loss = devices.loss(device);
      if (loss != null) {
        throw new ArrayLostException(
            "'%s', %s %s".formatted(description, dtype, shape()), device.info().name(), loss);
      }
    }
  }

  private UsageException closed() {
    return new UsageException(
        "the array '%s', %s %s, was persisted and is closed; compute what reads it before close(), or persist it anew"
            .formatted(description, dtype, shape()));
  }

  @Override
  public Runnable lease() {
    if (!memory.begin()) {
      throw closed();
    }
    return memory::end;
  }

  /** Keeps every chunk where it is, for a job with a lease; the result ends that. */
  public Runnable pin() {
    memory.pin();
    return memory::unpin;
  }

  /**
   * A job that has brought a chunk from disk is done with its copy: with room to spare it stays.
   */
  public void leave(ArrayDef array, long number, ChunkTable table) {
    Device host = devices.host();
    if (!memory.chunk(number).isOnDisk()) {
      return;
    }
    MemoryAccount account = devices.account(host);
    long bytes = array.chunkBytes(number);
    // Buffers have at least one byte.
    long taken = account.footprint(Math.max(1, bytes));
    if (!account.tryTake(taken, account.limit() / SPARE)) {
      return;
    }
    DeviceBuffer buffer = table.take(array, number);
    if (buffer == null) {
      account.give(taken);
      return;
    }
    Chunk copy = new Chunk(host, buffer, bytes);
    if (!memory.keep(number, copy)) {
      copy.close(devices);
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

  @Override
  public void close() {
    memory.close();
  }
}
