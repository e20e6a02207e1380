package dev.weft.cpu.run;

import dev.weft.core.device.Device;
import dev.weft.core.error.DeviceException;
import dev.weft.cpu.memory.BufferPool;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The threads of the device: run launches and host tasks, oldest first, and lend idle threads. */
public final class Workers implements AutoCloseable {
  private static final long CLOSE_SECONDS = 30;

  private final int threads;
  private final BufferPool scratch;
  private final ForkJoinPool pool;
  private final AtomicInteger numbers = new AtomicInteger();
  // Tasks handed in and not yet ended; as long as it is below `threads`, some worker is idle.
  private final AtomicInteger pending = new AtomicInteger();

  /** Starts no thread yet; workers take their scratch memory from {@code scratch}. */
  public Workers(int threads, BufferPool scratch) {
    this.threads = threads;
    this.scratch = scratch;
    this.pool = new ForkJoinPool(threads, this::worker, null, true);
  }

  private Worker worker(ForkJoinPool pool) {
    return new Worker(pool, scratch, numbers.getAndIncrement());
  }

  /** Number of threads. */
  public int threads() {
    return threads;
  }

  /** Memory for what a launch keeps between its pieces. */
  public BufferPool memory() {
    return scratch;
  }

  /** How many workers have nothing to do, at least. */
  int idle() {
    return threads - pending.get();
  }

  /** Makes a launch on a worker and runs it; whatever fails goes to the completion. */
  public void submit(LaunchSource source, Device.Completion completion) {
    try {
      add(new LaunchCall(this, source, completion));
    } catch (RejectedExecutionException closed) {
      completion.done(new DeviceException("launch: the cpu device is closed", closed));
    }
  }

  /**
   * Makes so many launches on a worker, one after the other, and runs each before it makes the
   * next.
   *
   * @param completions says who hears of a launch that cannot be made
   */
  public void submit(
      IntFunction<@Nullable Launch> launches,
      int count,
      IntFunction<Device.Completion> completions) {
    try {
      add(new LaunchCalls(this, launches, count, completions));
    } catch (RejectedExecutionException closed) {
      DeviceException reason = new DeviceException("launch: the cpu device is closed", closed);
      for (int i = 0; i < count; i++) {
        completions.apply(i).done(reason);
      }
    }
  }

  /** Runs host code. */
  public void submit(Device.HostTask task, Device.Completion completion) {
    try {
      add(new HostCall(this, task, completion));
    } catch (RejectedExecutionException closed) {
      completion.done(new DeviceException("execute: the cpu device is closed", closed));
    }
  }

  void add(ForkJoinTask<?> task) {
    pending.incrementAndGet();
    try {
      pool.execute(task);
    } catch (RejectedExecutionException closed) {
      pending.decrementAndGet();
      throw closed;
    }
  }

  void ended() {
    pending.decrementAndGet();
  }

  /**
   * Lets running work end, for at most half a minute, and stops the threads. An interrupt does not
   * shorten the wait: when this returns, the memory that work used may go.
   */
  @Override
  public void close() {
    pool.shutdown();
    boolean interrupted = false;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
    boolean ended = false;
    while (!ended && System.nanoTime() < deadline) {
      try {
        ended = pool.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (!ended) {
      pool.shutdownNow();
      throw new DeviceException(
          "close: work on the cpu device did not end within %d s; wait for it before closing"
              .formatted(CLOSE_SECONDS));
    }
  }
}
