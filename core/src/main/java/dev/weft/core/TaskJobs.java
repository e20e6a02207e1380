package dev.weft.core;

import dev.weft.core.picture.PictureDrawer;
import dev.weft.core.picture.PictureOptions;
import dev.weft.core.schedule.Deadline;
import dev.weft.core.task.Delayed;
import dev.weft.core.task.Input;
import dev.weft.core.task.LateInputs;
import dev.weft.core.task.TaskFuture;
import dev.weft.core.task.TaskPicture;
import dev.weft.core.task.TaskRun;
import dev.weft.core.task.TaskSession;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The computations of tasks of one session. */
final class TaskJobs implements TaskSession {
  private final LongSupplier numbers;
  private final LateInputs arrays;
  private final int slots;
  private final SessionEvents events;
  private final Supplier<Deadline> deadlines;
  private final Runnable requireOpen;
  private final Set<TaskRun> running = ConcurrentHashMap.newKeySet();

  /** A computation in a task needs threads while that task has one: there is no limit. */
  private final ExecutorService pool = Executors.newCachedThreadPool(threads());

  /**
   * No computations yet.
   *
   * @param numbers gives each a number
   * @param slots tasks of one computation that run at the same time
   * @param deadlines gives each the time when it is stopped
   * @param requireOpen refuses when the session is closed
   */
  TaskJobs(
      LongSupplier numbers,
      LateInputs arrays,
      int slots,
      SessionEvents events,
      Supplier<Deadline> deadlines,
      Runnable requireOpen) {
    this.numbers = numbers;
    this.arrays = arrays;
    this.slots = slots;
    this.events = events;
    this.deadlines = deadlines;
    this.requireOpen = requireOpen;
  }

  private static ThreadFactory threads() {
    return Thread.ofPlatform().daemon().name("weft-task-", 1).factory();
  }

  @Override
  public List<Object> computeInputs(List<? extends Input<?>> inputs) {
    TaskRun run = start(inputs, (results, problem) -> {});
    return run.await();
  }

  @Override
  @SuppressWarnings("unchecked")
  public <R> TaskFuture<R> submit(Delayed<R> delayed) {
    AtomicReference<@Nullable TaskRun> run = new AtomicReference<>();
    TaskFuture<R> future =
        new TaskFuture<>(
            delayed.options().name(),
            () -> {
              TaskRun started = run.get();
              if (started != null) {
                started.cancel();
              }
            });
    run.set(
        start(
            List.of(delayed),
            (results, problem) -> {
              if (results != null) {
                future.succeed((R) results.getFirst());
              } else if (problem != null) {
                future.fail(problem);
              }
            }));
    return future;
  }

  @Override
  public void visualize(List<? extends Input<?>> inputs, Path file, PictureOptions options) {
    requireOpen.run();
    PictureDrawer.check(file);
    PictureDrawer.draw(TaskPicture.of(inputs, arrays, options.mostNodes()), file, options);
  }

  private TaskRun start(
      List<? extends Input<?>> inputs,
      BiConsumer<@Nullable List<Object>, @Nullable RuntimeException> onEnd) {
    requireOpen.run();
    AtomicReference<@Nullable TaskRun> self = new AtomicReference<>();
    TaskRun run =
        new TaskRun(
            numbers.getAsLong(),
            inputs,
            arrays,
            slots,
            pool,
            deadlines.get(),
            events::publish,
            (results, problem) -> {
              TaskRun ended = self.get();
              if (ended != null) {
                running.remove(ended);
              }
              onEnd.accept(results, problem);
            });
    self.set(run);
    running.add(run);
    run.start(events.isHeard());
    return run;
  }

  /** Asks the computation of a number to stop; whether there is one. */
  boolean cancel(long job) {
    return running.stream().anyMatch(run -> run.cancel(job));
  }

  /** Asks all to stop. */
  void cancelAll() {
    running.forEach(TaskRun::cancel);
  }

  /** Stops all, and waits until nothing of them runs. */
  void close() {
    cancelAll();
    running.forEach(TaskRun::awaitEnd);
    pool.shutdown();
  }
}
