package dev.weft.kernels.jvm.tile;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Working memory of one size for whoever runs a tile. One piece is kept; a thread that finds it
 * taken makes its own.
 */
final class SpareMemory {
  private static final int CACHE_LINE = 64;

  private final long bytes;
  private final AtomicReference<MemorySegment> spare = new AtomicReference<>();

  SpareMemory(long bytes) {
    this.bytes = bytes;
  }

  MemorySegment take() {
    MemorySegment memory = spare.getAndSet(null);
    return memory != null ? memory : Arena.ofAuto().allocate(bytes, CACHE_LINE);
  }

  void give(MemorySegment memory) {
    spare.set(memory);
  }
}
