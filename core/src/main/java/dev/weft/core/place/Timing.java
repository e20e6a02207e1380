package dev.weft.core.place;

import dev.weft.core.device.Device;
import dev.weft.core.error.DeviceException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Times asynchronous work of one device. */
final class Timing {
  /** A device that has not answered by then is not going to: work is sized for milliseconds. */
  private static final long PATIENCE_SECONDS = 120;

  /** On a busy machine most of them wait for a core. */
  private static final int LEAST = 40;

  private static final int LATENCIES = 400;
  private static final long LATENCY_NANOS = 30_000_000;

  private final String device;
  private final Ticks ticks;

  Timing(String device, Ticks ticks) {
    this.device = device;
    this.ticks = ticks;
  }

  /** Something that is started and reports its end. */
  interface Start extends Consumer<Device.Completion> {}

  /** Nanoseconds until everything that was started has ended. */
  long nanos(List<Start> starts) {
    CountDownLatch open = new CountDownLatch(starts.size());
    AtomicReference<Throwable> failure = new AtomicReference<>();
    long begun = ticks.nanos();
    for (Start start : starts) {
      start.accept(
          problem -> {
            if (problem != null) {
              failure.compareAndSet(null, problem);
            }
            open.countDown();
          });
    }
    try {
      if (!open.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new DeviceException(
            "measure the rates of %s: it has not answered for %d s; leave it out of the session's devices"
                .formatted(device, PATIENCE_SECONDS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeviceException("measure the rates of %s: interrupted".formatted(device), e);
    }
    final long took = ticks.nanos() - begun;
    Throwable problem = failure.get();
    if (problem instanceof DeviceException known) {
      throw known;
    }
    if (problem != null) {
      throw new DeviceException(
          "measure the rates of %s: %s; leave it out of the session's devices"
              .formatted(device, problem),
          problem);
    }
    return Math.max(1, took);
  }

  /** The time of something short that a quarter of its repetitions do not reach. */
  double latency(Start start) {
    final long begun = ticks.nanos();
    long[] took = new long[LATENCIES];
    int count = 0;
    while (count < LEAST || (count < LATENCIES && ticks.nanos() - begun < LATENCY_NANOS)) {
      took[count++] = nanos(List.of(start));
    }
    // The first ones load and compile code.
    long[] warm = Arrays.copyOfRange(took, count / 2, count);
    Arrays.sort(warm);
    return warm[warm.length / 4];
  }
}
