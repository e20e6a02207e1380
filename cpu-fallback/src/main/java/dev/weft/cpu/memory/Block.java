package dev.weft.cpu.memory;

import org.jspecify.annotations.Nullable;

/**
 * A piece of memory of one size class; it either came from the machine by itself or is cut from a
 * slab.
 */
record Block(long address, int sizeClass, @Nullable Slab slab) {
  long capacity() {
    return BufferPool.CLASSES.capacity(sizeClass);
  }
}
