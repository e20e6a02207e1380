package dev.weft.io.object;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Merges small reads of an object that are near each other into longer ones, and cuts long ones
 * into several that run side by side. Whoever reads on where something was read gets twice as much
 * with the next request. Safe for many threads.
 */
final class ReadAhead {
  /** What is fetched around a first small read. */
  private static final int FIRST = 256 << 10;

  /** The most that is fetched ahead. */
  private static final int MOST = 4 << 20;

  /** How many such blocks are kept. */
  private static final int BLOCKS = 8;

  /** Longer reads are cut: one connection to S3 brings some 50 to 100 MB/s. */
  private static final long PART = 8L << 20;

  private final ObjectStore store;
  private final StoredObject object;
  private final Deque<Block> blocks = new ArrayDeque<>();

  private record Block(long from, MemorySegment bytes) {
    long end() {
      return from + bytes.byteSize();
    }
  }

  ReadAhead(ObjectStore store, StoredObject object) {
    this.store = store;
    this.object = object;
  }

  /** Fills {@code target}, which ends within the object. */
  void read(long offset, MemorySegment target) throws IOException {
    long at = 0;
    while (at < target.byteSize()) {
      MemorySegment rest = target.asSlice(at);
      Block known = find(offset + at);
      if (known == null && rest.byteSize() >= MOST) {
        direct(offset + at, rest);
        return;
      }
      Block block = known == null ? fetch(offset + at, rest.byteSize()) : known;
      long skip = offset + at - block.from;
      long count = Math.min(rest.byteSize(), block.bytes.byteSize() - skip);
      MemorySegment.copy(block.bytes, skip, rest, 0, count);
      at += count;
    }
  }

  private @Nullable Block find(long offset) {
    synchronized (blocks) {
      for (Block block : blocks) {
        if (offset >= block.from && offset < block.end()) {
          return block;
        }
      }
      return null;
    }
  }

  private Block fetch(long offset, long wanted) throws IOException {
    long ahead = FIRST;
    synchronized (blocks) {
      for (Block block : blocks) {
        if (block.end() == offset) {
          ahead = Math.clamp(2 * block.bytes.byteSize(), FIRST, MOST);
        }
      }
    }
    long length = Math.min(Math.max(wanted, ahead), object.size() - offset);
    Block block = new Block(offset, Arena.ofAuto().allocate(length));
    store.read(object, offset, block.bytes);
    synchronized (blocks) {
      blocks.addFirst(block);
      if (blocks.size() > BLOCKS) {
        blocks.removeLast();
      }
    }
    return block;
  }

  private void direct(long offset, MemorySegment target) throws IOException {
    List<ParallelRequests.Request> requests = new ArrayList<>();
    for (long at = 0; at < target.byteSize(); at += PART) {
      long from = at;
      MemorySegment part = target.asSlice(at, Math.min(PART, target.byteSize() - at));
      requests.add(() -> store.read(object, offset + from, part));
    }
    ParallelRequests.run(requests, ParallelRequests.width(target, store.connections()));
  }
}
