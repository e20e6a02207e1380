package dev.weft.core.task;

import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A task that has been started, and its result when it is there. Futures are arguments of further
 * tasks, which begin when they are done.
 *
 * <pre>{@code
 * TaskFuture<Table> table = session.submit(() -> load(path));
 * TaskFuture<Summary> summary = session.submit(Summary::of, table);
 * summary.get();
 * }</pre>
 *
 * @param <R> type of the result
 */
public final class TaskFuture<R> implements Input<R>, Future<R> {
  private final String name;
  private final CompletableFuture<R> result = new CompletableFuture<>();
  private final Runnable cancel;

  /**
   * A future of a computation.
   *
   * @param cancel asks it to stop
   */
  public TaskFuture(String name, Runnable cancel) {
    this.name = name;
    this.cancel = cancel;
  }

  /** The task has ended well. */
  public void succeed(R value) {
    result.complete(value);
  }

  /** There will be no result. */
  public void fail(Throwable reason) {
    result.completeExceptionally(reason);
  }

  /** What the task is called. */
  public String name() {
    return name;
  }

  /**
   * Asks the task to stop, and those that it has started for its arguments: what has not begun does
   * not begin, what runs is interrupted. Tasks that wait for its result fail.
   *
   * @param interrupt makes no difference
   * @return whether it had not ended
   */
  @Override
  public boolean cancel(boolean interrupt) {
    boolean first = result.completeExceptionally(cancelled());
    if (first) {
      cancel.run();
    }
    return first;
  }

  @Override
  public boolean isCancelled() {
    return result.isCancelled();
  }

  @Override
  public boolean isDone() {
    return result.isDone();
  }

  /** Waits for the result. */
  @Override
  public R get() throws InterruptedException, ExecutionException {
    return result.get();
  }

  /** Waits for the result, for some time. */
  @Override
  public R get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    return result.get(timeout, unit);
  }

  /** Why there is no result; null when there is one, or none yet. */
  public @Nullable Throwable exception() {
    if (result.isCancelled()) {
      return cancelled();
    }
    return result.isCompletedExceptionally() ? result.exceptionNow() : null;
  }

  private CancellationException cancelled() {
    return new CancellationException("task '%s' was cancelled".formatted(name));
  }

  /** The same result for code that goes on with it; completing the copy changes nothing here. */
  public CompletableFuture<R> toCompletableFuture() {
    return result.copy();
  }

  /** The futures in the order in which they end; {@code next} waits for the next end. */
  public static <R> Iterator<TaskFuture<R>> iterator(Collection<TaskFuture<R>> futures) {
    BlockingQueue<TaskFuture<R>> ended = new LinkedBlockingQueue<>();
    for (TaskFuture<R> future : futures) {
      var _ = future.result.whenComplete((value, problem) -> ended.add(future));
    }
    return new Iterator<>() {
      private int left = futures.size();

      @Override
      public boolean hasNext() {
        return left > 0;
      }

      @Override
      public TaskFuture<R> next() {
        if (left == 0) {
          throw new NoSuchElementException("all %d futures have ended".formatted(futures.size()));
        }
        try {
          TaskFuture<R> next = ended.take();
          left--;
          return next;
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new CancellationException("interrupted while waiting for a future to end");
        }
      }
    };
  }

  /** A task that waits for this one, in the graph of another computation. */
  TaskNode node() {
    TaskNode.Starter starter =
        (arguments, done) -> {
          var _ = result.whenComplete((value, problem) -> done.accept(value, 0, problem));
          return () -> {};
        };
    return new TaskNode(
        new TaskNode.Body.Start(starter), TaskOptions.named(name), null, new Object[0]);
  }

  @Override
  public String toString() {
    return "TaskFuture(%s, %s)".formatted(name, state());
  }
}
