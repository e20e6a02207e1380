package dev.weft.core.memory;

import dev.weft.core.device.Device.Completion;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.FarDevice.CopyOut;
import dev.weft.core.device.HostBlock;
import dev.weft.core.device.IoRetries;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.plan.HeldChunks;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Moves chunks between the memory of the host and that of another device. */
public final class ChunkCopies {
  private final JobMemory host;
  private final HeldChunks held;

  /** Hears of the end of a copy. */
  @FunctionalInterface
  public interface Ended {
    /**
     * The copy has ended.
     *
     * @param failure why nothing has arrived, or null
     * @param onHost whether it is the host that could not give or take the chunk
     */
    void ended(@Nullable Throwable failure, boolean onHost);
  }

  public ChunkCopies(JobMemory host) {
    this.host = host;
    this.held = host.held();
  }

  private long bytes(ArrayDef array, long chunk) {
    return held.bytes(array, chunk);
  }

  /** Brings a chunk of the host into a buffer of its own. */
  public void in(ArrayDef array, long chunk, FarMemory to, Ended end) {
    DeviceBuffer buffer;
    try {
      buffer = to.device().allocate(Math.max(1, bytes(array, chunk)));
    } catch (RuntimeException | Error e) {
      end.ended(e, false);
      return;
    }
    Ended arrived =
        (failure, onHost) -> {
          if (failure == null) {
            to.arrived(array, chunk, buffer);
          } else {
            buffer.close();
          }
          end.ended(failure, onHost);
        };
    Completion copied = failure -> arrived.ended(failure, false);
    try {
      HostBlock block = host.block(array, chunk, held.region(array, chunk));
      if (bytes(array, chunk) == 0) {
        arrived.ended(null, false);
      } else {
        to.device().copyIn(block, buffer, copied);
      }
    } catch (RuntimeException | Error e) {
      arrived.ended(e, true);
    }
  }

  /** Reads a chunk of a source into a buffer of the host, on a thread that is no core's worker. */
  public void read(
      ArrayDef array, long chunk, FarMemory from, IoRetries.Listener listener, Ended end) {
    DeviceBuffer buffer;
    try {
      buffer = host.temporary(bytes(array, chunk));
    } catch (RuntimeException | Error e) {
      end.ended(e, true);
      return;
    }
    MemorySegment elements = buffer.memory().asSlice(0, bytes(array, chunk));
    from.device()
        .execute(
            () -> JobMemory.read(array, held.region(array, chunk), elements, listener),
            unread -> {
              if (unread == null) {
                host.chunks().publish(array, chunk, buffer);
              } else {
                buffer.close();
              }
              end.ended(unread, true);
            });
  }

  /** Brings a chunk to the host: to its place in a dense array, or into a buffer of its own. */
  public void out(ArrayDef array, long chunk, FarMemory from, Ended end) {
    CopyOut copy = begin(array, chunk, from, end);
    if (copy == null) {
      return;
    }
    try {
      from.device().copyOut(copy.from(), copy.to(), copy.completion());
    } catch (RuntimeException | Error e) {
      copy.completion().done(e);
    }
  }

  /**
   * Makes room for a chunk that comes to the host.
   *
   * @return the copy that brings it; null when it has ended already, well or not
   */
  public @Nullable CopyOut begin(ArrayDef array, long chunk, FarMemory from, Ended end) {
    DeviceBuffer buffer = null;
    HostBlock block;
    try {
      if (array.storage() == ArrayDef.Storage.DENSE) {
        block = host.place(array, chunk);
      } else {
        buffer = host.temporary(bytes(array, chunk));
        block = JobMemory.block(array, chunk, buffer.memory());
      }
    } catch (RuntimeException | Error e) {
      end.ended(e, true);
      return null;
    }
    DeviceBuffer own = buffer;
    Completion copied =
        failure -> {
          if (own != null && failure == null) {
            host.chunks().publish(array, chunk, own);
          } else if (own != null) {
            own.close();
          } else if (failure == null) {
            host.written().add(array, chunk);
          }
          end.ended(failure, false);
        };
    if (bytes(array, chunk) == 0) {
      copied.done(null);
      return null;
    }
    try {
      return new CopyOut(from.chunks().get(array, chunk), block, copied);
    } catch (RuntimeException | Error e) {
      copied.done(e);
      return null;
    }
  }
}
