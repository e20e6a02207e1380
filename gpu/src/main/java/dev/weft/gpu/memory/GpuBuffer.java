package dev.weft.gpu.memory;

import dev.weft.core.device.ByteCount;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.error.InternalException;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Memory of a GPU in use, from {@link DevicePool#allocate} until {@link #close}. See the pool for
 * when it may be closed.
 */
public final class GpuBuffer implements DeviceBuffer {
  private final PoolBlock block;
  private final long address;
  private final long bytes;
  private final MemorySegment memory;
  private final AtomicBoolean closed = new AtomicBoolean();

  GpuBuffer(PoolBlock block, long address, long bytes) {
    this.block = block;
    this.address = address;
    this.bytes = bytes;
    this.memory = MemorySegment.ofAddress(address);
  }

  /** Whose it is. */
  public DevicePool pool() {
    return block.pool();
  }

  /** Whether it lies behind another one in memory that was allocated for both. */
  public boolean isBehind(GpuBuffer other) {
    return block == other.block && other.address + other.bytes <= address;
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
    block.leave();
  }

  @Override
  public String toString() {
    return "buffer of %s at 0x%x of %s"
        .formatted(ByteCount.text(bytes), address, block.pool().device());
  }
}
