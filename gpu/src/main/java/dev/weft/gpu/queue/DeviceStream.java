package dev.weft.gpu.queue;

import dev.weft.gpu.driver.CudaDriver;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;

/** A stream of the driver with the ends that are waited for. */
public final class DeviceStream {
  private final CudaDriver.Stream handle;
  private final AtomicInteger pending = new AtomicInteger();

  /** In the order of the stream, or nearly: used by the completion thread only. */
  final ArrayDeque<CompletionQueue.Pending> ends = new ArrayDeque<>();

  /** Wraps a stream. */
  public DeviceStream(CudaDriver.Stream handle) {
    this.handle = handle;
  }

  /** The driver's stream. */
  public CudaDriver.Stream handle() {
    return handle;
  }

  /** How many pieces of work are known not to have ended. */
  public int pending() {
    return pending.get();
  }

  void started() {
    pending.incrementAndGet();
  }

  void ended() {
    pending.decrementAndGet();
  }
}
