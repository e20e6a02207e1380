package dev.weft.gpu.device;

import dev.weft.core.device.Device.Completion;
import dev.weft.core.device.Device.HostTask;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The few threads on which a device runs host code, beside launches and copies. */
final class HostThreads {
  private final ExecutorService pool;

  HostThreads(String device, String job, int threads) {
    pool =
        Executors.newFixedThreadPool(
            threads,
            Thread.ofPlatform().daemon().name("weft-%s-%s-".formatted(device, job), 0).factory());
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
