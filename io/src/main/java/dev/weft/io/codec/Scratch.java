package dev.weft.io.codec;

import dev.weft.core.error.DeviceException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Memory outside the heap for the bytes of a chunk, used again for the next one, whatever file that
 * is in: there is as much of it as threads have read or written at the same time. Each of them
 * takes a {@link Use}, and gives it back.
 */
public final class Scratch {
  private static final int ALIGNMENT = 64;

  /** Longer memory is not kept. */
  private static final long MOST_KEPT = 64L << 20;

  private static final ConcurrentLinkedQueue<Use> FREE = new ConcurrentLinkedQueue<>();

  private Scratch() {}

  /** Begins a use. */
  public static Use begin() {
    Use use = FREE.poll();
    return use == null ? new Use() : use;
  }

  /** Memory and what frees it. */
  private record Block(@Nullable Arena arena, MemorySegment memory) {
    static final Block NONE = new Block(null, MemorySegment.NULL);

    void free() {
      if (arena != null) {
        arena.close();
      }
    }
  }

  /** The memory of one thread until it is given back. */
  public static final class Use implements AutoCloseable {
    private final List<Block> blocks = new ArrayList<>();
    private int taken;

    private Use() {}

    /**
     * Memory of any content.
     *
     * @throws DeviceException when there is no more
     */
    public MemorySegment take(long size) {
      if (taken == blocks.size()) {
        blocks.add(Block.NONE);
      }
      if (blocks.get(taken).memory.byteSize() < size) {
        replace(taken, Block.NONE);
        // The next chunk may not compress as well as this one.
        replace(taken, allocate(size + size / 4));
      }
      return blocks.get(taken++).memory.asSlice(0, size);
    }

    /** What is no longer needed goes at once: it would count until the next garbage collection. */
    private void replace(int index, Block block) {
      blocks.set(index, block).free();
    }

    private static Block allocate(long size) {
      Arena arena = Arena.ofShared();
      try {
        return new Block(arena, arena.allocate(size, ALIGNMENT));
      } catch (OutOfMemoryError e) {
        arena.close();
        throw new DeviceException(
            "%,d bytes for a chunk cannot be had: %s. Give Java more memory, or write the array in smaller chunks"
                .formatted(size, e.getMessage()),
            e);
      }
    }

    /** How much is taken; for {@link #rewind}. */
    public int mark() {
      return taken;
    }

    /** Gives back what was taken since {@code mark}. */
    public void rewind(int mark) {
      taken = mark;
    }

    /** Gives all of it back. */
    @Override
    public void close() {
      taken = 0;
      for (int i = 0; i < blocks.size(); i++) {
        if (blocks.get(i).memory.byteSize() > MOST_KEPT) {
          replace(i, Block.NONE);
        }
      }
      FREE.add(this);
    }
  }
}
