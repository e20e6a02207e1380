package dev.weft.gpu.emulate;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** When work on emulated streams may begin. */
final class StreamGate {
  private volatile long delayNanos;
  private volatile CompletableFuture<@Nullable Void> open = CompletableFuture.completedFuture(null);

  /** Makes every piece of work begin so much later. */
  void delay(long nanos) {
    delayNanos = nanos;
  }

  /** Lets nothing begin until {@link #resume}. */
  void pause() {
    open = new CompletableFuture<>();
  }

  /** Lets work go on. */
  void resume() {
    open.complete(null);
  }

  /** Waits until a piece of work may begin. */
  void await() {
    open.join();
    if (delayNanos > 0) {
      LockSupport.parkNanos(delayNanos);
    }
  }
}
