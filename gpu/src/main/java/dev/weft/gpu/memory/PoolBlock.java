package dev.weft.gpu.memory;

import java.util.concurrent.atomic.AtomicInteger;

/** A piece of a pool's memory that is used by one buffer, or by several side by side. */
final class PoolBlock {
  private final DevicePool pool;
  private final long address;
  private final long bytes;
  private final AtomicInteger users;

  PoolBlock(DevicePool pool, long address, long bytes, int users) {
    this.pool = pool;
    this.address = address;
    this.bytes = bytes;
    this.users = new AtomicInteger(users);
  }

  DevicePool pool() {
    return pool;
  }

  /** A buffer needs it no more; after the last the pool may lend it again. */
  void leave() {
    if (users.decrementAndGet() == 0) {
      pool.giveBack(address, bytes);
    }
  }
}
