package dev.weft.cpu.run;

import dev.weft.cpu.memory.BufferPool;
import dev.weft.cpu.memory.PooledBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Short-lived memory of one worker: taken in order, given back all at once. Everything taken is
 * aligned to a cache line and keeps its place until {@link #reset}.
 */
public final class Scratch implements AutoCloseable {
  private static final long FIRST_BYTES = 1L << 20;
  private static final long LINE = 64;

  private final BufferPool pool;
  private final List<PooledBuffer> blocks = new ArrayList<>();
  private int current = -1;
  private long address;
  private long end;

  Scratch(BufferPool pool) {
    this.pool = pool;
  }

  /** Memory for {@code bytes}, contents undefined. */
  public long take(long bytes) {
    long needed = (bytes + LINE - 1) & -LINE;
    while (end - address < needed) {
      next(needed);
    }
    long taken = address;
    address += needed;
    return taken;
  }

  private void next(long needed) {
    current++;
    if (current == blocks.size()) {
      long last = blocks.isEmpty() ? FIRST_BYTES / 2 : blocks.getLast().bytes();
      blocks.add(pool.allocate(Math.max(2 * last, needed)));
    }
    address = blocks.get(current).address();
    end = address + blocks.get(current).bytes();
  }

  /** A moment, to forget what is taken later. */
  public record Mark(int block, long address) {}

  /** What has been taken so far. */
  public Mark mark() {
    return new Mark(current, address);
  }

  /** Forgets everything taken since. */
  public void rewind(Mark mark) {
    if (mark.block < 0) {
      reset();
      return;
    }
    current = mark.block;
    address = mark.address;
    end = blocks.get(current).address() + blocks.get(current).bytes();
  }

  /** Forgets everything taken. */
  public void reset() {
    if (!blocks.isEmpty()) {
      current = 0;
      address = blocks.getFirst().address();
      end = address + blocks.getFirst().bytes();
    }
  }

  @Override
  public void close() {
    blocks.forEach(PooledBuffer::close);
    blocks.clear();
    current = -1;
    address = 0;
    end = 0;
  }
}
