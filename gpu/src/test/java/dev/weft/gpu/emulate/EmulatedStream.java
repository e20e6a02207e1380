package dev.weft.gpu.emulate;

import dev.weft.gpu.driver.CudaDriver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A thread that does its work in order, as late as the driver was told to. */
final class EmulatedStream implements CudaDriver.Stream {
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final EmulatedDriver driver;
  private final long number = NUMBERS.incrementAndGet();
  private final AtomicInteger pending = new AtomicInteger();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("emulated-stream-" + number).factory());

  EmulatedStream(EmulatedDriver driver) {
    this.driver = driver;
  }

  /** Work; what it throws is the end of the context. */
  @FunctionalInterface
  interface Work {
    void run() throws Throwable;
  }

  @Override
  public long address() {
    return number;
  }

  int pending() {
    return pending.get();
  }

  /** Adds work, which is left out when the context is lost by then. */
  void add(Work work) {
    pending.incrementAndGet();
    thread.execute(
        () -> {
          driver.await();
          try {
            if (!driver.isLost()) {
              work.run();
            }
          } catch (Throwable failure) {
            driver.loseBy(failure);
          } finally {
            pending.decrementAndGet();
          }
        });
  }

  /** Adds a copy, which uses memory of the device, and pinned memory of the host if any. */
  void copy(EmulatedMemory.Block block, @Nullable EmulatedPinned host, Work work) {
    block.pending.incrementAndGet();
    if (host != null) {
      host.pending().incrementAndGet();
    }
    add(
        () -> {
          work.run();
          block.pending.decrementAndGet();
          if (host != null) {
            host.pending().decrementAndGet();
          }
        });
  }

  /** Waits for what was added so far. */
  void drain() {
    CompletableFuture<Void> reached = new CompletableFuture<>();
    thread.execute(() -> reached.complete(null));
    reached.join();
  }

  void stop() {
    thread.shutdownNow();
  }

  @Override
  public String toString() {
    return "stream " + number;
  }
}
