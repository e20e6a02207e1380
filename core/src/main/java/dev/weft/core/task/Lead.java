package dev.weft.core.task;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Holds arrays back that are far ahead of the tasks that read their chunks, so that an array may be
 * larger than memory.
 */
final class Lead {
  /**
   * The longest wait for one chunk. A task that is running may itself wait for memory that the
   * array's job holds: then the array must go on.
   */
  static final Duration LONGEST = Duration.ofSeconds(1);

  private static final long LOOK_MILLIS = 5;

  private final long most;
  private final Duration longest;
  private final BooleanSupplier isWorking;
  private long bytes;

  /**
   * Nothing waits.
   *
   * @param most bytes that may wait to be read
   * @param longest wait for one of them
   * @param isWorking whether tasks are running: they will make room
   */
  Lead(long most, Duration longest, BooleanSupplier isWorking) {
    this.most = most;
    this.longest = longest;
    this.isWorking = isWorking;
  }

  /**
   * Something waits to be read.
   *
   * @param mayWait whether the caller is held back while that is too much
   */
  synchronized void came(long added, boolean mayWait) {
    bytes += added;
    if (added == 0 || !mayWait) {
      return;
    }
    long begun = System.nanoTime();
    try {
      while (bytes > most
          && isWorking.getAsBoolean()
          && System.nanoTime() - begun < longest.toNanos()) {
        wait(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Everybody has read it. */
  synchronized void gone(long removed) {
    bytes -= removed;
    notifyAll();
  }
}
