package dev.weft.gpu.memory;

import dev.weft.core.device.ByteCount;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.error.InternalException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Memory of a GPU in use, from {@link DevicePool#allocate} until {@link #close}. See the pool for
 * when it may be closed.
 */
public final class GpuBuffer implements DeviceBuffer {
  private final DevicePool pool;
  private final long address;
  private final long bytes;
  private final MemorySegment memory;
  private final Whole whole;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** What the pool gets back when all buffers in it are closed. */
  private record Whole(long address, long bytes, AtomicInteger open) {}

  private GpuBuffer(DevicePool pool, long address, long bytes, Whole whole) {
    this.pool = pool;
    this.address = address;
    this.bytes = bytes;
    this.whole = whole;
    this.memory = MemorySegment.ofAddress(address);
  }

  /** A buffer that is all of a piece of memory. */
  static GpuBuffer of(DevicePool pool, long address, long bytes) {
    return new GpuBuffer(pool, address, bytes, new Whole(address, bytes, new AtomicInteger(1)));
  }

  /** Buffers of so many bytes that share a piece of memory, {@code step} bytes apart. */
  static List<GpuBuffer> parts(DevicePool pool, long address, int count, long step, long bytes) {
    Whole whole = new Whole(address, count * step, new AtomicInteger(count));
    List<GpuBuffer> parts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      parts.add(new GpuBuffer(pool, address + i * step, bytes, whole));
    }
    return parts;
  }

  /** Where the memory begins that it shares with others, or where it begins itself. */
  public long whole() {
    return whole.address;
  }

  /** Whose it is. */
  public DevicePool pool() {
    return pool;
  }

  /** The address on the GPU. */
  public long address() {
    if (closed.get()) {
      throw new InternalException("the %s was closed before".formatted(this));
    }
    return address;
  }

  /** Whether the memory may be somebody else's by now. */
  public boolean isClosed() {
    return closed.get();
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public @Nullable MemorySegment host() {
    return null;
  }

  @Override
  public MemorySegment memory() {
    return memory;
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      throw new InternalException("close: the %s was closed before".formatted(this));
    }
    if (whole.open.decrementAndGet() == 0) {
      pool.giveBack(whole.address, whole.bytes);
    }
  }

  @Override
  public String toString() {
    return "buffer of %s at 0x%x of %s".formatted(ByteCount.text(bytes), address, pool.device());
  }
}
