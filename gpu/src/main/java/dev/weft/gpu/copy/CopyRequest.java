package dev.weft.gpu.copy;

import dev.weft.core.device.Device.Completion;
import dev.weft.core.device.HostBlock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One block on its way. Pieces end in any order; the last one tells the completion, with the first
 * failure.
 */
final class CopyRequest {
  private final AtomicInteger left;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final Completion completion;

  CopyRequest(List<HostBlock> pieces, Completion completion) {
    this.left = new AtomicInteger(pieces.size());
    this.completion = completion;
  }

  /** Whether the rest need not be copied any more. */
  boolean hasFailed() {
    return failure.get() != null;
  }

  /** A piece ended. */
  void ended(@Nullable Throwable thrown) {
    if (thrown != null) {
      failure.compareAndSet(null, thrown);
    }
    if (left.decrementAndGet() == 0) {
      completion.done(failure.get());
    }
  }
}
