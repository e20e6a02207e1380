package dev.weft.gpu.memory;

import dev.weft.core.device.ByteCount;
import dev.weft.gpu.driver.CudaDriver;
import dev.weft.gpu.driver.CudaError;
import dev.weft.gpu.driver.DriverThread;
import dev.weft.gpu.queue.DeviceHealth;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A few equal pieces of pinned memory of the host, through which blocks pass on their way to and
 * from a GPU. Nobody blocks for a piece: takers are called when there is one, in the order in which
 * they asked. Where the system gives no pinned memory, ordinary memory does, more slowly.
 */
public final class StagingPool {
  private static final long ALIGNMENT = 4096;

  private final CudaDriver driver;
  private final DeviceHealth health;
  private final Executor executor;
  private final long pieceBytes;
  private final int most;
  private final ArrayDeque<MemorySegment> free = new ArrayDeque<>();
  private final ArrayDeque<Consumer<MemorySegment>> waiting = new ArrayDeque<>();
  private final List<MemorySegment> pinned = new ArrayList<>();
  private int made;
  private int unpinned;

  /**
   * A pool that holds nothing yet.
   *
   * @param executor where takers run
   * @param most pieces at the same time
   */
  public StagingPool(
      CudaDriver driver, DeviceHealth health, Executor executor, long pieceBytes, int most) {
    this.driver = driver;
    this.health = health;
    this.executor = executor;
    this.pieceBytes = pieceBytes;
    this.most = most;
  }

  /** Bytes of a piece. */
  public long pieceBytes() {
    return pieceBytes;
  }

  /**
   * Runs {@code taker} with a piece as soon as there is one; it is given back by {@link #release}.
   */
  public void acquire(Consumer<MemorySegment> taker) {
    MemorySegment piece;
    synchronized (this) {
      piece = free.poll();
      if (piece == null && made == most) {
        waiting.add(taker);
        return;
      }
      made += piece == null ? 1 : 0;
    }
    MemorySegment taken = piece;
    executor.execute(() -> taker.accept(taken == null ? make() : taken));
  }

  /** Gives a piece to the next taker. */
  public void release(MemorySegment piece) {
    Consumer<MemorySegment> next;
    synchronized (this) {
      next = waiting.poll();
      if (next == null) {
        free.push(piece);
        return;
      }
    }
    executor.execute(() -> next.accept(piece));
  }

  private MemorySegment make() {
    try {
      DriverThread.use(driver);
      MemorySegment piece = driver.allocateHost(pieceBytes);
      synchronized (this) {
        pinned.add(piece);
      }
      return piece;
    } catch (CudaError error) {
      // A loss is remembered, and met again by whoever uses the piece.
      health.failure("allocating pinned memory", error);
      synchronized (this) {
        unpinned++;
      }
      return Arena.ofAuto().allocate(pieceBytes, ALIGNMENT);
    }
  }

  /** Bytes of pinned memory, and how much had to do without, for people. */
  public synchronized String describe() {
    return "%d of %d pieces of %s%s"
        .formatted(
            made,
            most,
            ByteCount.text(pieceBytes),
            unpinned == 0 ? "" : ", %d not pinned".formatted(unpinned));
  }

  /** Pieces in use. */
  synchronized int inUse() {
    return made - free.size();
  }

  /** Gives pinned memory back; no copy is pending. */
  public void close() {
    List<MemorySegment> all;
    synchronized (this) {
      all = List.copyOf(pinned);
      pinned.clear();
      free.clear();
    }
    for (MemorySegment piece : all) {
      try {
        DriverThread.use(driver);
        driver.freeHost(piece);
      } catch (CudaError error) {
        health.failure("giving pinned memory back", error);
      }
    }
  }
}
