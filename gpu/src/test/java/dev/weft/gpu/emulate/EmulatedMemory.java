package dev.weft.gpu.emulate;

import dev.weft.gpu.driver.CudaError;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Memory of the emulated GPU: memory of the host behind addresses at which nothing is. Memory that
 * was freed is filled with rubbish in the order of its stream, and serves the next request of its
 * size on that stream at once, as the driver's own pools do.
 */
final class EmulatedMemory {
  /** Added to real addresses, which are below 2^47; no stride, extent or usual scalar is there. */
  private static final long FAKE = 1L << 61;

  private static final long REAL = 1L << 47;
  private static final byte RUBBISH = (byte) 0xDD;
  private static final long ALIGNMENT = 512;

  private final long total;
  private final ConcurrentSkipListMap<Long, Block> blocks = new ConcurrentSkipListMap<>();
  private final List<Block> cached = new ArrayList<>();
  private long used;

  EmulatedMemory(long total) {
    this.total = total;
  }

  /** One allocation. */
  static final class Block {
    final EmulatedStream owner;
    final Arena arena;
    final MemorySegment memory;
    final AtomicInteger pending = new AtomicInteger();
    volatile boolean freed;

    /** Whether the host has waited for the stream since it was allocated. */
    volatile boolean shared;

    /** Whether the rubbish has been written, so that the memory can go. */
    volatile boolean idle;

    Block(EmulatedStream owner, long bytes) {
      this.owner = owner;
      this.arena = Arena.ofShared();
      this.memory = arena.allocate(bytes, ALIGNMENT);
    }

    long address() {
      return memory.address() + FAKE;
    }
  }

  static boolean isAddress(long word) {
    return word >= FAKE && word < FAKE + REAL;
  }

  long free() {
    synchronized (this) {
      return total - used;
    }
  }

  long total() {
    return total;
  }

  synchronized long allocate(long bytes, EmulatedStream stream) throws CudaError {
    for (Iterator<Block> i = cached.iterator(); i.hasNext(); ) {
      Block block = i.next();
      if (block.owner == stream && block.memory.byteSize() == bytes) {
        i.remove();
        block.freed = false;
        block.shared = false;
        return block.address();
      }
    }
    if (bytes > total - used) {
      throw new CudaError("allocate", CudaError.OUT_OF_MEMORY, "CUDA_ERROR_OUT_OF_MEMORY");
    }
    Block block = new Block(stream, bytes);
    used += bytes;
    blocks.put(block.address(), block);
    return block.address();
  }

  /** The block in which an address is, or behind which it is where nothing is read. */
  Block of(long address, long bytes, EmulatedStream stream) {
    Map.Entry<Long, Block> entry = blocks.floorEntry(address);
    if (entry == null || address + bytes > entry.getKey() + entry.getValue().memory.byteSize()) {
      throw new IllegalStateException(
          "0x%x with %d bytes behind it is no memory of the GPU".formatted(address, bytes));
    }
    Block block = entry.getValue();
    if (block.freed) {
      throw new IllegalStateException("0x%x was freed".formatted(address));
    }
    if (!block.shared && block.owner != stream) {
      throw new IllegalStateException(
          "0x%x was allocated on %s, which %s has not waited for"
              .formatted(address, block.owner, stream));
    }
    return block;
  }

  /** The host's view of memory from an address on. */
  static MemorySegment view(Block block, long address, long bytes) {
    return block.memory.asSlice(address - block.address(), bytes);
  }

  static long real(long address) {
    return address - FAKE;
  }

  synchronized void free(long address, EmulatedStream stream) {
    Block block = blocks.get(address);
    if (block == null || block.freed) {
      throw new IllegalStateException("free: 0x%x is not allocated".formatted(address));
    }
    if (block.pending.get() > 0) {
      throw new IllegalStateException(
          "free: %d pieces of work with 0x%x are pending".formatted(block.pending.get(), address));
    }
    if (block.owner != stream) {
      throw new IllegalStateException(
          "free: 0x%x is of %s, not of %s".formatted(address, block.owner, stream));
    }
    block.freed = true;
    block.idle = false;
    cached.add(block);
    stream.add(
        () -> {
          block.memory.fill(RUBBISH);
          block.idle = true;
        });
  }

  /** The host has waited for a stream. */
  void waitedFor(EmulatedStream stream) {
    blocks.values().stream().filter(b -> b.owner == stream).forEach(b -> b.shared = true);
  }

  /** Gives back what was freed. */
  synchronized void trim() {
    cached.removeIf(
        block -> {
          if (!block.idle) {
            return false;
          }
          blocks.remove(block.address());
          used -= block.memory.byteSize();
          block.arena.close();
          return true;
        });
  }

  /** Allocations that were not freed. */
  long live() {
    return blocks.values().stream().filter(block -> !block.freed).count();
  }
}
