package dev.weft.core.slice;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Runs numbered tasks that wait for files and devices, a few at a time, in their order. */
final class ParallelTasks {
  private ParallelTasks() {}

  /**
   * Runs all tasks; after a failure no further ones begin, and it is thrown when those that run
   * have ended.
   */
  static void run(int count, int together, IntConsumer task) {
    int threads = Math.min(count, together);
    if (threads <= 1) {
      for (int i = 0; i < count; i++) {
        task.accept(i);
      }
      return;
    }
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> running = new ArrayList<>();
    try (ExecutorService pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().name("weft-slice-", 1).factory())) {
      for (int thread = 0; thread < threads; thread++) {
        running.add(
            pool.submit(
                () -> {
                  for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                    try {
                      task.accept(i);
                    } catch (RuntimeException | Error e) {
                      next.set(count);
                      throw e;
                    }
                  }
                }));
      }
      await(running, () -> next.set(count));
    }
  }

  private static void await(List<Future<?>> running, Runnable stop) {
    Throwable failure = null;
    for (Future<?> one : running) {
      failure = first(failure, end(one, stop));
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
  }

  private static @Nullable Throwable first(@Nullable Throwable one, @Nullable Throwable other) {
    return one == null ? other : one;
  }

  private static @Nullable Throwable end(Future<?> one, Runnable stop) {
    try {
      one.get();
      return null;
    } catch (ExecutionException e) {
      return e.getCause();
    } catch (InterruptedException e) {
      stop.run();
      Thread.currentThread().interrupt();
      return new CancellationException("the slice was interrupted");
    }
  }
}
