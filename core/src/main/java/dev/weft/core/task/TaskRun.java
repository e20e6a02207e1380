package dev.weft.core.task;

import dev.weft.core.error.JobFailedException;
import dev.weft.core.error.JobTimeoutException;
import dev.weft.core.event.JobEvent;
import dev.weft.core.place.MemoryAccount;
import dev.weft.core.place.Place;
import dev.weft.core.place.Rates;
import dev.weft.core.schedule.Deadline;
import dev.weft.core.schedule.EndSignal;
import dev.weft.core.schedule.Event;
import dev.weft.core.schedule.Inbox;
import dev.weft.core.schedule.Instruction;
import dev.weft.core.schedule.Instruction.Failure;
import dev.weft.core.schedule.ItemHomes;
import dev.weft.core.schedule.Scheduler;
import dev.weft.core.schedule.TaskGraph;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One computation of tasks in the user's Java: does what the {@link Scheduler} says. Safe for use
 * by several threads.
 */
public final class TaskRun {
  private static final String PLACE = "cpu";
  private static final Rates RATES = new Rates(1, 1, 1, 1, 1000, 1000);

  private final long job;
  private final NumberedTasks tasks;
  private final Object[] values;
  private final Scheduler scheduler;
  private final Inbox<Event> inbox = new Inbox<>(this::handle);
  private final TaskThreads threads;
  private final Lead lead;
  private final Consumer<JobEvent> events;
  private final EndSignal ended = new EndSignal();
  private final BiConsumer<@Nullable List<Object>, @Nullable RuntimeException> onEnd;
  private final Deadline deadline;
  private final long planNanos;
  private volatile @Nullable List<Object> results;
  private volatile @Nullable Failure failure;

  /**
   * A computation that is ready to start.
   *
   * @param slots tasks that run at the same time
   * @param pool runs them; must not be short of threads
   * @param deadline when it is stopped
   * @param events hears of everything; what it throws ends the computation
   * @param onEnd hears once of the results or the reason why there are none, before those who wait
   */
  public TaskRun(
      long job,
      List<? extends Input<?>> wanted,
      LateInputs late,
      int slots,
      Executor pool,
      Deadline deadline,
      Consumer<JobEvent> events,
      BiConsumer<@Nullable List<Object>, @Nullable RuntimeException> onEnd) {
    long begun = System.nanoTime();
    this.job = job;
    this.events = events;
    this.deadline = deadline;
    this.onEnd = onEnd;
    this.tasks = TaskGraphBuilder.build(wanted, late);
    this.values = new Object[tasks.tasks()];
    Place cores = new Place(PLACE, RATES, slots, Long.MAX_VALUE, true);
    this.scheduler =
        new Scheduler(
            tasks,
            List.of(cores),
            List.of(new MemoryAccount(Long.MAX_VALUE)),
            ItemHomes.ON_HOST,
            () -> {});
    this.threads = new TaskThreads(slots, pool, this::run);
    this.lead = new Lead(late.mostWaiting(), Lead.LONGEST, threads::isWorking);
    this.planNanos = System.nanoTime() - begun;
  }

  /**
   * Starts, and returns soon.
   *
   * @param heard whether anyone hears of events: only then it is found out which kinds of tasks
   *     read which
   */
  public void start(boolean heard) {
    long now = System.nanoTime();
    deadline.start(this::stop);
    try {
      List<JobEvent.Edge> edges = heard ? tasks.edges(JobEvent.TasksPlanned.MOST_EDGES) : List.of();
      events.accept(
          new JobEvent.TasksPlanned(job, now, tasks.described(), edges, tasks.tasks(), planNanos));
      inbox.post(new Event.Started(now));
    } catch (RuntimeException | Error e) {
      inbox.post(new Event.Failed(now, e));
    }
  }

  /** Asks it to stop if it has this number; whether it has. */
  public boolean cancel(long number) {
    if (number != job) {
      return false;
    }
    cancel();
    return true;
  }

  /** Asks it to stop: what runs is interrupted, nothing else begins. */
  public void cancel() {
    inbox.post(new Event.Cancelled(System.nanoTime()));
    threads.interrupt();
  }

  private void stop(RuntimeException reason) {
    inbox.post(new Event.Failed(System.nanoTime(), reason));
    threads.interrupt();
  }

  /**
   * Waits for the results, in the order in which they were asked for. An interrupt cancels.
   *
   * @throws JobFailedException when a task has failed
   * @throws CancellationException when it was cancelled
   */
  public List<Object> await() {
    awaitEnd();
    RuntimeException problem = problem();
    if (problem != null) {
      throw problem;
    }
    List<Object> list = results;
    return list == null ? List.of() : list;
  }

  /** Waits until nothing of it runs any more. */
  public void awaitEnd() {
    ended.await(this::cancel);
  }

  /** A new exception each time, whose trace shows who waited. */
  private @Nullable RuntimeException problem() {
    Failure reason = failure;
    if (reason == null) {
      return null;
    }
    Throwable cause = reason.cause();
    if (cause == null) {
      return new CancellationException("the computation was cancelled");
    }
    if (cause instanceof JobTimeoutException late) {
      return late.again();
    }
    if (reason.task() == TaskGraph.NONE) {
      return new JobFailedException("the computation failed: " + cause, cause);
    }
    TaskNode node = tasks.node(reason.task());
    return new JobFailedException(
        TaskText.failure(node, tasks.arguments(node, values), cause), cause);
  }

  private void handle(Event event) {
    try {
      for (Instruction instruction : scheduler.handle(event)) {
        switch (instruction) {
          case Instruction.Run run -> begin(run.task());
          case Instruction.Free(int item, int place) -> free(item);
          case Instruction.Copy copy -> throw new IllegalStateException(copy.toString());
          case Instruction.Finish(Failure reason) -> finish(reason);
        }
      }
    } catch (RuntimeException | Error e) {
      if (event instanceof Event.Failed) {
        finish(new Failure(TaskGraph.NONE, e));
      } else {
        inbox.post(new Event.Failed(System.nanoTime(), e));
      }
    }
  }

  private void free(int item) {
    values[item] = null;
    TaskNode node = tasks.node(item);
    if (node.waitingBytes > 0) {
      lead.gone(node.waitingBytes);
    }
  }

  private void begin(int task) {
    TaskNode node = tasks.node(task);
    if (node.body instanceof TaskNode.Body.Start(TaskNode.Starter starter)) {
      start(task, node, starter);
    } else if (node.isWaiting()) {
      threads.onVirtualThread(task);
    } else {
      threads.onCore(task, node.priority);
    }
  }

  private void start(int task, TaskNode node, TaskNode.Starter starter) {
    if (!started(task)) {
      return;
    }
    long begun = System.nanoTime();
    node.attempts = 1;
    Thread starting = Thread.currentThread();
    try {
      threads.cancelWith(
          starter.start(
              tasks.arguments(node, values),
              (value, bytes, problem) -> {
                // What is a result stays for ever, and nobody would make room.
                node.waitingBytes = node.isResult ? 0 : bytes;
                ended(task, begun, value, problem);
                // Who starts tasks must not be held back: nothing else would go on.
                lead.came(node.waitingBytes, Thread.currentThread() != starting);
              }));
    } catch (RuntimeException | Error e) {
      ended(task, begun, null, e);
    }
  }

  /** Tells that a task begins; where a listener throws, it does not. */
  private boolean started(int task) {
    int kind = tasks.kind(task);
    try {
      events.accept(
          new JobEvent.TaskStarted(job, System.nanoTime(), kind, task - tasks.first(kind), PLACE));
      return true;
    } catch (RuntimeException | Error e) {
      inbox.post(failed(task, e));
      return false;
    }
  }

  /** Runs a task on the thread that it was given. */
  private void run(int task) {
    TaskNode node = tasks.node(task);
    TaskNode.Body.Code code = (TaskNode.Body.Code) node.body;
    if (!started(task)) {
      return;
    }
    long begun = System.nanoTime();
    for (int attempt = 1; ; attempt++) {
      try {
        Object value = threads.call(code.function(), tasks.arguments(node, values));
        ended(task, begun, value, null);
        return;
      } catch (Throwable e) {
        node.attempts = attempt;
        if (!isTriedAgain(task, node, attempt, e)) {
          ended(task, begun, null, e);
          return;
        }
      }
    }
  }

  private boolean isTriedAgain(int task, TaskNode node, int attempt, Throwable reason) {
    if (attempt > node.options.retries()
        || !(reason instanceof Exception)
        || reason instanceof InterruptedException
        || threads.isInterrupted()) {
      return false;
    }
    int kind = tasks.kind(task);
    try {
      events.accept(
          new JobEvent.TaskRetried(
              job, System.nanoTime(), kind, task - tasks.first(kind), PLACE, attempt, reason));
    } catch (RuntimeException | Error e) {
      reason.addSuppressed(e);
      return false;
    }
    return true;
  }

  private void ended(int task, long begun, @Nullable Object value, @Nullable Throwable problem) {
    if (problem != null) {
      if (!threads.isInterrupted()) {
        publishFailure(task, problem);
      }
      inbox.post(failed(task, problem));
      return;
    }
    long now = System.nanoTime();
    long took = Math.max(1, now - begun);
    int kind = tasks.kind(task);
    values[task] = value;
    Event outcome;
    try {
      events.accept(
          new JobEvent.TaskFinished(job, now, kind, task - tasks.first(kind), PLACE, took));
      outcome = new Event.TaskDone(task, Place.HOST, now, took);
    } catch (RuntimeException | Error e) {
      outcome = failed(task, e);
    }
    threads.ending();
    inbox.post(outcome);
  }

  private void publishFailure(int task, Throwable problem) {
    int kind = tasks.kind(task);
    try {
      events.accept(
          new JobEvent.TaskFailed(
              job,
              System.nanoTime(),
              kind,
              task - tasks.first(kind),
              PLACE,
              tasks.node(task).attempts,
              problem));
    } catch (RuntimeException | Error e) {
      if (e != problem) {
        problem.addSuppressed(e);
      }
    }
  }

  private static Event failed(int task, Throwable cause) {
    return new Event.TaskFailed(task, Place.HOST, System.nanoTime(), task, cause);
  }

  private void finish(@Nullable Failure reason) {
    deadline.end();
    failure = reason;
    results = reason == null ? tasks.results(values) : null;
    RuntimeException problem = problem();
    try {
      events.accept(new JobEvent.Finished(job, System.nanoTime(), problem));
    } catch (RuntimeException | Error e) {
      failure = reason == null ? new Failure(TaskGraph.NONE, e) : reason;
      problem = problem();
    }
    try {
      onEnd.accept(problem == null ? results : null, problem);
    } finally {
      scheduler.close();
      ended.reached();
    }
  }
}
