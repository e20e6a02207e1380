package dev.weft.core.memory;

import dev.weft.core.device.Device.Completion;
import org.jspecify.annotations.Nullable;

/** The copies that one task waits for before it goes on. */
public final class PendingCopies {
  private int open;
  private @Nullable Throwable failure;
  private @Nullable Completion next;

  /** One more; the answer hears of its end. */
  public synchronized Completion one() {
    open++;
    return this::ended;
  }

  private void ended(@Nullable Throwable reason) {
    Completion waiting = null;
    synchronized (this) {
      open--;
      failure = failure == null ? reason : failure;
      if (open == 0) {
        waiting = next;
        next = null;
      }
    }
    if (waiting != null) {
      waiting.done(failure());
    }
  }

  private synchronized @Nullable Throwable failure() {
    return failure;
  }

  /** Goes on when all have ended, with the first failure. */
  public void then(Completion after) {
    synchronized (this) {
      if (open > 0) {
        next = after;
        return;
      }
    }
    after.done(failure());
  }
}
