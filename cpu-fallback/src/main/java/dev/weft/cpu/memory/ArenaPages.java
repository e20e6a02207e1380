package dev.weft.cpu.memory;

import java.lang.foreign.Arena;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Blocks from the JDK's own allocator, one arena each; works on every machine. */
final class ArenaPages implements PageSource {
  private final ConcurrentMap<Long, Arena> arenas = new ConcurrentHashMap<>();

  @Override
  public long reserve(long bytes) {
    Arena arena = Arena.ofShared();
    try {
      long address = arena.allocate(bytes, bytes >= HUGE_PAGE ? HUGE_PAGE : 4096).address();
      arenas.put(address, arena);
      return address;
    } catch (OutOfMemoryError e) {
      arena.close();
      return 0;
    }
  }

  @Override
  public void release(long address, long bytes) {
    Arena arena = arenas.remove(address);
    if (arena == null) {
      throw new IllegalStateException(
          "release: no block was reserved at 0x" + Long.toHexString(address));
    }
    arena.close();
  }

  @Override
  public String describe() {
    return "arena";
  }
}
