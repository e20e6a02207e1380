package dev.weft.gpu.queue;

import dev.weft.core.error.DeviceException;
import dev.weft.gpu.driver.CudaDriver;
import dev.weft.gpu.driver.CudaError;
import dev.weft.gpu.driver.DriverThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One thread that tells of the end of work on the streams of a device, by the events behind it. It
 * waits for no single event: streams overtake each other. No work of other streams is waited for.
 *
 * <p>When the device is lost, everything that is waited for ends with that failure.
 */
public final class CompletionQueue implements AutoCloseable {
  /** While an end is likely to come at once, asking beats sleeping, which takes 50 us or more. */
  private static final long SPIN_NANOS = 50_000;

  private static final long SHORTEST_SLEEP_NANOS = 20_000;
  private static final long LONGEST_SLEEP_NANOS = 200_000;
  private static final long CLOSE_SECONDS = 30;

  /** Asking for an event fails now and then only if something else went wrong before. */
  private static final int MOST_FAILURES = 3;

  private final CudaDriver driver;
  private final DeviceHealth health;
  private final ConcurrentLinkedQueue<Pending> arrived = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<CudaDriver.Event> spare = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean asleep;
  private volatile boolean closing;

  // Of the thread.
  private final List<DeviceStream> busy = new ArrayList<>();
  private int failures;

  /** Hears of the end of work. */
  @FunctionalInterface
  public interface Ended {
    /** The work ended; {@code failure} is null when it went well. */
    void ended(@Nullable RuntimeException failure);
  }

  /** Work that is waited for; without a stream and an event it has ended already. */
  record Pending(
      @Nullable DeviceStream stream,
      CudaDriver.@Nullable Event event,
      @Nullable RuntimeException failure,
      Ended ended) {}

  /** Starts the thread. */
  public CompletionQueue(CudaDriver driver, DeviceHealth health) {
    this.driver = driver;
    this.health = health;
    this.thread = new DriverThread("weft-%s-completions".formatted(health.device()), this::run);
    thread.start();
  }

  /**
   * Tells {@code ended} after the work that is on a stream now; the context is current. Never
   * throws: where the end cannot be told by an event, it is waited for here.
   *
   * @param failure what went wrong already, which is told when nothing of the work runs any more
   */
  public void after(DeviceStream stream, @Nullable RuntimeException failure, Ended ended) {
    CudaDriver.Event event = null;
    try {
      event = spare.poll();
      if (event == null) {
        event = driver.event(false);
      }
      driver.record(event, stream.handle());
    } catch (CudaError error) {
      if (event != null) {
        spare.add(event);
      }
      now(waited(stream, error) ? failure : health.lost(), ended);
      return;
    }
    stream.started();
    add(new Pending(stream, event, failure, ended));
  }

  private boolean waited(DeviceStream stream, CudaError error) {
    if (error.isSticky()) {
      health.lose("recording the end of work", error);
      return false;
    }
    try {
      driver.synchronize(stream.handle());
      return true;
    } catch (CudaError second) {
      // Work may go on that nobody would hear the end of.
      health.lose("waiting for the end of work", second);
      return false;
    }
  }

  /** Tells {@code ended} on the thread as soon as it can. */
  public void now(@Nullable RuntimeException failure, Ended ended) {
    add(new Pending(null, null, failure, ended));
  }

  private void add(Pending pending) {
    arrived.add(pending);
    if (asleep) {
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    try {
      DriverThread.use(driver);
    } catch (CudaError error) {
      health.lose("making the context current", error);
    }
    long quietSince = System.nanoTime();
    long sleep = SHORTEST_SLEEP_NANOS;
    while (true) {
      boolean progress = takeArrived();
      progress |= finish();
      if (progress) {
        quietSince = System.nanoTime();
        sleep = SHORTEST_SLEEP_NANOS;
      } else if (busy.isEmpty()) {
        if (closing && arrived.isEmpty()) {
          return;
        }
        sleepUntilAdded();
      } else if (System.nanoTime() - quietSince < SPIN_NANOS) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(this, sleep);
        sleep = Math.min(LONGEST_SLEEP_NANOS, sleep + sleep / 4);
      }
    }
  }

  private void sleepUntilAdded() {
    asleep = true;
    if (arrived.isEmpty() && !closing) {
      LockSupport.park(this);
    }
    asleep = false;
  }

  private boolean takeArrived() {
    boolean some = false;
    for (Pending next = arrived.poll(); next != null; next = arrived.poll()) {
      some = true;
      DeviceStream stream = next.stream();
      if (stream == null) {
        tell(next, next.failure());
        continue;
      }
      if (stream.ends.isEmpty()) {
        busy.add(stream);
      }
      stream.ends.add(next);
    }
    return some;
  }

  /** Tells of everything that ended. */
  private boolean finish() {
    boolean some = false;
    for (int i = busy.size() - 1; i >= 0; i--) {
      DeviceStream stream = busy.get(i);
      for (Pending first = stream.ends.peek(); first != null; first = stream.ends.peek()) {
        boolean lost = health.isLost();
        if (!lost && !happened(first)) {
          break;
        }
        some = true;
        stream.ends.remove();
        stream.ended();
        if (first.event() != null) {
          spare.add(first.event());
        }
        tell(first, health.isLost() ? health.lost() : first.failure());
      }
      if (stream.ends.isEmpty()) {
        busy.remove(i);
      }
    }
    return some;
  }

  private boolean happened(Pending pending) {
    CudaDriver.Event event = pending.event();
    try {
      boolean happened = event == null || driver.happened(event);
      failures = 0;
      return happened;
    } catch (CudaError error) {
      if (error.isSticky() || ++failures >= MOST_FAILURES) {
        health.lose("waiting for work", error);
        return true;
      }
      return false;
    }
  }

  private void tell(Pending pending, @Nullable RuntimeException failure) {
    try {
      pending.ended().ended(failure);
    } catch (RuntimeException | Error thrown) {
      // A listener's defect must not keep the others from hearing.
      thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
    }
  }

  /** Lets pending work end, gives the events back and stops the thread. */
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(thread);
    if (!joined()) {
      health.lose(
          "closing", new DeviceException("work did not end within %d s".formatted(CLOSE_SECONDS)));
      joined();
    }
    for (CudaDriver.Event event = spare.poll(); event != null; event = spare.poll()) {
      try {
        driver.destroy(event);
      } catch (CudaError error) {
        health.failure("giving an event back", error);
      }
    }
  }

  private boolean joined() {
    try {
      thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }
}
