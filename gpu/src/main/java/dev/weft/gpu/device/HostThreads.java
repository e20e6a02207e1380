package dev.weft.gpu.device;

import dev.weft.core.device.Device.Completion;
import dev.weft.core.device.Device.HostTask;
import dev.weft.gpu.driver.DriverThread;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The few threads on which a device runs host code, beside launches and copies. */
final class HostThreads {
  private final ExecutorService pool;

  HostThreads(String device, String job, int threads) {
    AtomicInteger number = new AtomicInteger();
    pool =
        Executors.newFixedThreadPool(
            threads,
            work ->
                new DriverThread(
                    "weft-%s-%s-%d".formatted(device, job, number.getAndIncrement()), work));
  }

  ExecutorService pool() {
    return pool;
  }

  void submit(HostTask task, Completion completion) {
    pool.execute(() -> task.run(completion));
  }

  /** Nothing is running any more, or never will end. */
  void close() {
    pool.shutdownNow();
  }
}
