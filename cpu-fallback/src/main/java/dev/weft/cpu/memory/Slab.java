package dev.weft.cpu.memory;

/**
 * A huge page cut into small blocks of one size class; it can be given back when all are free.
 *
 * <p>Guarded by the lock of its pool.
 */
final class Slab {
  /** Bytes of a slab. */
  static final long BYTES = PageSource.HUGE_PAGE;

  /** Blocks of at most this capacity are cut from slabs. */
  static final long LARGEST_BLOCK = 128 << 10;

  final long address;
  int inUse;

  Slab(long address) {
    this.address = address;
  }
}
