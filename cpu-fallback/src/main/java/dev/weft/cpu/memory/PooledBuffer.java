package dev.weft.cpu.memory;

import dev.weft.core.device.ByteCount;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A block of off-heap memory in use, from {@link BufferPool#allocate} until {@link #close}.
 *
 * <p>Starts at a multiple of 64, large ones at a multiple of the page size. The content is
 * unspecified at first. Closing it twice, or asking for the address afterwards, is an error.
 */
public final class PooledBuffer implements AutoCloseable {
  private static final VarHandle OPEN;

  static {
    try {
      OPEN = MethodHandles.lookup().findVarHandle(PooledBuffer.class, "open", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final BufferPool pool;
  private final Block block;
  private final long bytes;
  private volatile boolean open = true;

  PooledBuffer(BufferPool pool, Block block, long bytes) {
    this.pool = pool;
    this.block = block;
    this.bytes = bytes;
  }

  /** The address of the first byte. */
  public long address() {
    if (!open) {
      throw new IllegalStateException("address: the " + this + " was freed before");
    }
    return block.address();
  }

  /** The number of bytes asked for. */
  public long bytes() {
    return bytes;
  }

  /** The number of bytes it really has, which is what the pool accounts for. */
  public long capacity() {
    return block.capacity();
  }

  /** The bytes asked for, as a segment that is valid until {@link #close}. */
  public MemorySegment segment() {
    return Memory.ALL.asSlice(address(), bytes);
  }

  /** Gives the block back to its pool. */
  @Override
  public void close() {
    if (!OPEN.compareAndSet(this, true, false)) {
      throw new IllegalStateException("free: the " + this + " was freed before");
    }
    pool.free(block);
  }

  @Override
  public String toString() {
    return "buffer of " + ByteCount.text(bytes) + " at 0x" + Long.toHexString(block.address());
  }
}
