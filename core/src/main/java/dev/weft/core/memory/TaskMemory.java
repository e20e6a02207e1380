package dev.weft.core.memory;

import dev.weft.core.device.Device;
import dev.weft.core.device.Device.Completion;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.Operand;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.shape.Region;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One task's view of a device's memory: where its operands are, and what it makes. Chunks that it
 * makes are nobody else's until it has ended well; copies of operands are gone when it has ended.
 */
public abstract class TaskMemory {
  /** A chunk that the task writes. */
  private record Made(ArrayDef array, long chunk, DeviceBuffer buffer) {}

  /** A chunk that the task writes into its place in an array that is there already. */
  private record Placed(ArrayDef array, long chunk) {}

  private final Device device;
  private final ChunkTable chunks;
  private final List<DeviceBuffer> temporaries = new ArrayList<>(0);
  private final List<Made> made = new ArrayList<>(1);
  private final List<Placed> placed = new ArrayList<>(1);

  public TaskMemory(Device device, ChunkTable chunks) {
    this.device = device;
    this.chunks = chunks;
  }

  /** Where all of an array lies in one piece, or null when it does not. */
  public abstract ArraySource.@Nullable Layout whole(ArrayDef array);

  /** Which part of a chunk its buffer holds, dense. */
  public Region held(ArrayDef array, long chunk) {
    return array.held(chunk);
  }

  /** Copies a block between two pieces of the device's memory, at once or by the device. */
  public abstract void copy(long[] extents, int itemSize, Operand from, Operand to);

  /** Has the host write the first bytes of a buffer. */
  public abstract void fill(DeviceBuffer to, long bytes, Consumer<MemorySegment> writer);

  /** Goes on when all copies and fills that were asked for have ended, with their failure. */
  public abstract void whenCopied(Completion next);

  /** A chunk that the device holds. */
  public final MemorySegment chunk(ArrayDef array, long chunk) {
    return chunks.get(array, chunk).memory();
  }

  /** Memory for a chunk that the task is about to write. */
  public final DeviceBuffer create(ArrayDef array, long chunk) {
    DeviceBuffer buffer = allocate(array, Math.max(1, array.chunkBytes(chunk)));
    made.add(new Made(array, chunk, buffer));
    return buffer;
  }

  /** Memory for a chunk of an array. */
  DeviceBuffer allocate(ArrayDef array, long bytes) {
    return device.allocate(bytes);
  }

  /** The task is about to write a chunk into its place in a {@link #whole} array. */
  public final void place(ArrayDef array, long chunk) {
    placed.add(new Placed(array, chunk));
  }

  /** A task that has ended well has written a chunk into its place. */
  public void written(ArrayDef array, long chunk) {}

  /** Memory that is given back when the task ends. */
  public final DeviceBuffer temporary(long bytes) {
    return temporary(device, bytes);
  }

  public final DeviceBuffer temporary(Device owner, long bytes) {
    DeviceBuffer buffer = owner.allocate(Math.max(1, bytes));
    temporaries.add(buffer);
    return buffer;
  }

  /** Hands over what the task has made if it ended well, and gives everything else back. */
  public final void end(boolean well) {
    temporaries.forEach(DeviceBuffer::close);
    for (Made chunk : made) {
      if (well) {
        chunks.publish(chunk.array, chunk.chunk, chunk.buffer);
      } else {
        chunk.buffer.close();
      }
    }
    if (well) {
      placed.forEach(chunk -> written(chunk.array, chunk.chunk));
    }
  }

  /** The step of a task after copies: a failure, also one of the step itself, ends the task. */
  public final void whenCopied(Completion ended, Runnable step) {
    whenCopied(
        failure -> {
          if (failure != null) {
            ended.done(failure);
            return;
          }
          try {
            step.run();
          } catch (RuntimeException | Error e) {
            whenCopied(copied -> ended.done(e));
          }
        });
  }
}
