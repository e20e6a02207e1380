package dev.weft.gpu.copy;

import dev.weft.core.device.Device.Completion;
import dev.weft.core.device.HostBlock;
import dev.weft.core.error.InternalException;
import dev.weft.gpu.driver.CudaDriver;
import dev.weft.gpu.driver.CudaError;
import dev.weft.gpu.driver.DriverThread;
import dev.weft.gpu.memory.StagingPool;
import dev.weft.gpu.queue.CompletionQueue;
import dev.weft.gpu.queue.DeviceHealth;
import dev.weft.gpu.queue.DeviceStream;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Copies in both directions, each on a stream of its own and through pinned memory of its own.
 * Threads pack and unpack pieces while others are on the link; no thread waits for the link.
 *
 * <p>A piece of pinned memory is used again only when the copy that it took part in has been heard
 * of, and on the way out, when it has been unpacked.
 */
public final class BlockCopies {
  private final CudaDriver driver;
  private final DeviceHealth health;
  private final CompletionQueue completions;
  private final Executor packers;
  private final Direction in;
  private final Direction out;

  /** What the thread asks for that collects small copies. */
  private final ThreadLocal<@Nullable SmallCopies> small = new ThreadLocal<>();

  /** A stream, and the memory through which its copies pass. */
  public record Direction(DeviceStream stream, StagingPool staging) {}

  /** Copies that pack and unpack on {@code packers}. */
  public BlockCopies(
      CudaDriver driver,
      DeviceHealth health,
      CompletionQueue completions,
      Executor packers,
      Direction in,
      Direction out) {
    this.driver = driver;
    this.health = health;
    this.completions = completions;
    this.packers = packers;
    this.in = in;
    this.out = out;
  }

  /** Copies a block to dense memory on the GPU. */
  public void copyIn(HostBlock from, long to, Completion completion) {
    each(
        from,
        to,
        completion,
        in.staging,
        (piece, address, request) -> memory -> send(piece, memory, address, request));
  }

  /**
   * Runs something that asks for copies by this thread. Small ones to the host begin at its end,
   * together.
   */
  public void together(Runnable asking) {
    if (small.get() != null) {
      asking.run();
      return;
    }
    SmallCopies copies = new SmallCopies();
    small.set(copies);
    try {
      asking.run();
    } finally {
      small.remove();
      for (List<SmallCopies.Run> batch : copies.batches(out.staging.pieceBytes())) {
        out.staging.acquire(memory -> receive(batch, memory));
      }
    }
  }

  private void receive(List<SmallCopies.Run> batch, MemorySegment memory) {
    Throwable failure;
    try {
      health.check();
      DriverThread.use(driver);
      for (SmallCopies.Run run : batch) {
        MemorySegment to = memory.asSlice(run.at(), run.bytes());
        driver.copyOut(run.from(), to, run.bytes(), out.stream.handle());
      }
      completions.after(
          out.stream, null, failed -> packers.execute(() -> arrived(batch, memory, failed)));
      return;
    } catch (CudaError error) {
      failure = health.failure("copying from the device", error);
    } catch (RuntimeException | Error thrown) {
      failure = thrown;
    }
    // Earlier ones may be under way to the piece.
    RuntimeException reason =
        failure instanceof RuntimeException known
            ? known
            : new InternalException("copying from the device", failure);
    completions.after(out.stream, reason, failed -> arrived(batch, memory, failed));
  }

  private void arrived(
      List<SmallCopies.Run> batch, MemorySegment memory, @Nullable RuntimeException failed) {
    List<Runnable> heard = new ArrayList<>();
    for (SmallCopies.Run run : batch) {
      for (SmallCopies.Asked copy : run.copies()) {
        Throwable failure = failed;
        if (failed == null) {
          try {
            long at = run.at() + copy.from() - run.from();
            copy.to().unpack(memory.asSlice(at, copy.to().bytes()));
          } catch (RuntimeException | Error thrown) {
            failure = thrown;
          }
        }
        Throwable told = failure;
        heard.add(() -> copy.completion().done(told));
      }
    }
    out.staging.release(memory);
    heard.forEach(Runnable::run);
  }

  /**
   * Copies dense memory of the GPU to a block.
   *
   * @param whole where the memory begins that it shares with others, or {@code from}
   */
  public void copyOut(long from, long whole, HostBlock to, Completion completion) {
    SmallCopies together = small.get();
    if (together != null && to.bytes() > 0 && to.bytes() <= SmallCopies.MOST_BYTES) {
      together.add(new SmallCopies.Asked(from, whole, to, completion));
      return;
    }
    each(
        to,
        from,
        completion,
        out.staging,
        (piece, address, request) -> memory -> receive(address, memory, piece, request));
  }

  /** What is to be done with a piece when there is memory for it. */
  @FunctionalInterface
  private interface PieceWork {
    Consumer<MemorySegment> of(HostBlock piece, long address, CopyRequest request);
  }

  private void each(
      HostBlock block, long address, Completion completion, StagingPool staging, PieceWork work) {
    List<HostBlock> pieces = block.pieces(staging.pieceBytes());
    if (pieces.isEmpty()) {
      completions.now(health.isLost() ? health.lost() : null, completion::done);
      return;
    }
    CopyRequest request = new CopyRequest(pieces, completion);
    long next = address;
    for (HostBlock piece : pieces) {
      staging.acquire(work.of(piece, next, request));
      next += piece.bytes();
    }
  }

  private void send(HostBlock piece, MemorySegment memory, long address, CopyRequest request) {
    Throwable failure = null;
    if (!request.hasFailed()) {
      try {
        health.check();
        piece.pack(memory);
        DriverThread.use(driver);
        driver.copyIn(memory, address, piece.bytes(), in.stream.handle());
        completions.after(in.stream, null, failed -> ended(in.staging, memory, request, failed));
        return;
      } catch (CudaError error) {
        failure = health.failure("copying to the device", error);
      } catch (RuntimeException | Error thrown) {
        failure = thrown;
      }
    }
    ended(in.staging, memory, request, failure);
  }

  private void receive(long address, MemorySegment memory, HostBlock piece, CopyRequest request) {
    Throwable failure = null;
    if (!request.hasFailed()) {
      try {
        health.check();
        DriverThread.use(driver);
        driver.copyOut(address, memory, piece.bytes(), out.stream.handle());
        completions.after(
            out.stream,
            null,
            failed -> packers.execute(() -> arrived(memory, piece, request, failed)));
        return;
      } catch (CudaError error) {
        failure = health.failure("copying from the device", error);
      } catch (RuntimeException | Error thrown) {
        failure = thrown;
      }
    }
    ended(out.staging, memory, request, failure);
  }

  private void arrived(
      MemorySegment memory,
      HostBlock piece,
      CopyRequest request,
      @Nullable RuntimeException failed) {
    Throwable failure = failed;
    if (failed == null) {
      try {
        piece.unpack(memory);
      } catch (RuntimeException | Error thrown) {
        failure = thrown;
      }
    }
    ended(out.staging, memory, request, failure);
  }

  private static void ended(
      StagingPool staging, MemorySegment memory, CopyRequest request, @Nullable Throwable failure) {
    staging.release(memory);
    request.ended(failure);
  }
}
