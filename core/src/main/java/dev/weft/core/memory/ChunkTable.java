package dev.weft.core.memory;

import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.error.InternalException;
import dev.weft.core.fuse.ArrayDef;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The chunks that one device holds, a buffer each. Safe for use by several threads. */
public final class ChunkTable {
  private final AtomicReferenceArray<@Nullable DeviceBuffer>[] buffers;

  /** By array, the chunks that belong to somebody else; complete before the job begins. */
  private final Map<Integer, BitSet> lent = new HashMap<>();

  private final Consumer<DeviceBuffer> release;

  /** An empty table for the arrays that {@code held} chooses, whose buffers are closed. */
  public ChunkTable(List<ArrayDef> arrays, Predicate<ArrayDef> held) {
    this(arrays, held, DeviceBuffer::close);
  }

  /**
   * An empty table.
   *
   * @param held which arrays it is for
   * @param release takes the buffers that are given back
   */
  @SuppressWarnings({"unchecked", "rawtypes"})
  public ChunkTable(
      List<ArrayDef> arrays, Predicate<ArrayDef> held, Consumer<DeviceBuffer> release) {
    this.release = release;
    this.buffers = new AtomicReferenceArray[arrays.size()];
    for (ArrayDef array : arrays) {
      buffers[array.id()] =
          new AtomicReferenceArray<>(held.test(array) ? Math.toIntExact(array.grid().count()) : 0);
    }
  }

  /** The buffer of a chunk that must be there. */
  public DeviceBuffer get(ArrayDef array, long chunk) {
    DeviceBuffer buffer = buffers[array.id()].get((int) chunk);
    if (buffer == null) {
      throw new InternalException("chunk " + chunk + " of " + array.label() + " is gone");
    }
    return buffer;
  }

  /**
   * Takes a complete chunk in; where one is there already that stays, and the new one is given
   * back.
   */
  public boolean publish(ArrayDef array, long chunk, DeviceBuffer buffer) {
    boolean taken = buffers[array.id()].compareAndSet((int) chunk, null, buffer);
    if (!taken) {
      release.accept(buffer);
    }
    return taken;
  }

  /** Takes in a chunk that stays somebody else's, before the job begins. */
  public void lend(ArrayDef array, long chunk, DeviceBuffer buffer) {
    lent.computeIfAbsent(array.id(), id -> new BitSet()).set((int) chunk);
    buffers[array.id()].set((int) chunk, buffer);
  }

  /** Hands a chunk's buffer over to the caller; null when it is not there. */
  public @Nullable DeviceBuffer take(ArrayDef array, long chunk) {
    return buffers[array.id()].getAndSet((int) chunk, null);
  }

  /** Gives a chunk's buffer back, if it is there and nobody else's. */
  public void free(int array, long chunk) {
    DeviceBuffer buffer = buffers[array].getAndSet((int) chunk, null);
    if (buffer != null && (lent.isEmpty() || !isLent(array, chunk))) {
      release.accept(buffer);
    }
  }

  private boolean isLent(int array, long chunk) {
    BitSet others = lent.get(array);
    return others != null && others.get((int) chunk);
  }

  /** Gives all buffers back. */
  public void close() {
    for (int array = 0; array < buffers.length; array++) {
      for (int chunk = 0; chunk < buffers[array].length(); chunk++) {
        free(array, chunk);
      }
    }
  }
}
