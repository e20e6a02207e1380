package dev.weft.gpu.device;

import dev.weft.core.device.Device.Completion;
import dev.weft.core.error.DeviceException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Counts launches, copies and host tasks whose completions have not heard yet. */
final class OpenWork {
  /** Added when the device is closed: from then on nothing begins. */
  private static final long CLOSED = 1L << 60;

  private final String device;
  private final AtomicLong open = new AtomicLong();
  private volatile @Nullable Thread closer;

  OpenWork(String device) {
    this.device = device;
  }

  /**
   * The same completion, counted until it has heard; null when the device is closed, which {@code
   * completion} has then been told.
   */
  @Nullable Completion begin(String doing, Completion completion) {
    if (open.incrementAndGet() > CLOSED) {
      ended();
      completion.done(new DeviceException("%s: %s is closed".formatted(doing, device)));
      return null;
    }
    return failure -> {
      try {
        completion.done(failure);
      } finally {
        ended();
      }
    };
  }

  private void ended() {
    if (open.decrementAndGet() == CLOSED) {
      LockSupport.unpark(closer);
    }
  }

  /** Lets nothing more begin; false when that was so before. */
  boolean close() {
    return open.getAndUpdate(count -> count >= CLOSED ? count : count + CLOSED) < CLOSED;
  }

  /** Waits until everything has been heard of; false when it takes longer than so many seconds. */
  boolean awaitEnd(long seconds) {
    closer = Thread.currentThread();
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (open.get() != CLOSED) {
      long left = until - System.nanoTime();
      if (left <= 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(this, Math.min(left, 100_000_000));
    }
    return true;
  }
}
