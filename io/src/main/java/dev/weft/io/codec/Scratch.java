package dev.weft.io.codec;

import dev.weft.core.error.DeviceException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Memory outside the heap for the bytes of a chunk, used again for the next one, whatever file that
 * is in: there is as much of it as threads have read or written at the same time. Each of them
 * takes a {@link Use}, and gives it back.
 */
public final class Scratch {
  private static final int ALIGNMENT = 64;

  /** Longer memory is left to the garbage collector. */
  private static final long MOST_KEPT = 64L << 20;

  private static final ConcurrentLinkedQueue<Use> FREE = new ConcurrentLinkedQueue<>();

  private Scratch() {}

  /** Begins a use. */
  public static Use begin() {
    Use use = FREE.poll();
    return use == null ? new Use() : use;
  }

  /** The memory of one thread until it is given back. */
  public static final class Use implements AutoCloseable {
    private final List<MemorySegment> blocks = new ArrayList<>();
    private int taken;

    private Use() {}

    /**
     * Memory of any content.
     *
     * @throws DeviceException when there is no more
     */
    public MemorySegment take(long size) {
      if (taken == blocks.size()) {
        blocks.add(MemorySegment.NULL);
      }
      if (blocks.get(taken).byteSize() < size) {
        blocks.set(taken, MemorySegment.NULL);
        // The next chunk may not compress as well as this one.
        blocks.set(taken, allocate(size + size / 4));
      }
      return blocks.get(taken++).asSlice(0, size);
    }

    private static MemorySegment allocate(long size) {
      try {
        return Arena.ofAuto().allocate(size, ALIGNMENT);
      } catch (OutOfMemoryError e) {
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
        if (blocks.get(i).byteSize() > MOST_KEPT) {
          blocks.set(i, MemorySegment.NULL);
        }
      }
      FREE.add(this);
    }
  }
}
