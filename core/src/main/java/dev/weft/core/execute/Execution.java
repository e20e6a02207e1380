package dev.weft.core.execute;

import dev.weft.core.device.Device;
import dev.weft.core.device.Device.Completion;
import dev.weft.core.error.JobFailedException;
import dev.weft.core.error.WeftException;
import dev.weft.core.event.JobEvent;
import dev.weft.core.fuse.Stage;
import dev.weft.core.plan.Plan;
import dev.weft.core.schedule.Event;
import dev.weft.core.schedule.Instruction;
import dev.weft.core.schedule.Scheduler;
import java.util.ArrayDeque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of a plan. Events reach the scheduler one at a time, in the order of their arrival;
 * whichever thread brings one also starts what the scheduler then asks for.
 */
public final class Execution {
  private final long job;
  private final Plan plan;
  private final Device device;
  private final String deviceName;
  private final JobMemory memory;
  private final Scheduler scheduler;
  private final TaskLauncher launcher;
  private final boolean[] prepares;
  private final Consumer<JobEvent> events;
  private final Runnable onEnd;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final ArrayDeque<Event> inbox = new ArrayDeque<>();
  private boolean busy;
  private volatile Instruction.@Nullable Failure failure;

  /** {@code onEnd} runs once, when no task is running and none will be. */
  Execution(
      long job,
      Plan plan,
      Device device,
      JobMemory memory,
      long limit,
      Consumer<JobEvent> events,
      Runnable onEnd) {
    this.job = job;
    this.plan = plan;
    this.device = device;
    this.deviceName = device.info().name();
    this.memory = memory;
    this.events = events;
    this.onEnd = onEnd;
    this.scheduler = new Scheduler(plan, limit);
    this.launcher = new TaskLauncher(device, memory, plan);
    this.prepares = new boolean[plan.graph().stages().size()];
    for (int stage = 0; stage < prepares.length; stage++) {
      prepares[stage] = launcher.prepares(stage);
    }
  }

  /**
   * Starts the job.
   *
   * @param aside on a thread of the device, for callers that have other things to do: a thread that
   *     brings an event may have to serve many more
   */
  void start(boolean aside) {
    // One task more than can run keeps a device busy while a finished one is being accounted for.
    Event started = new Event.Started(device.info().parallelism() + 1);
    if (!aside) {
      post(started);
      return;
    }
    device.execute(
        () -> post(started),
        problem -> {
          if (problem != null) {
            post(new Event.Failed(problem));
          }
        });
  }

  void cancel() {
    post(new Event.Cancelled());
  }

  /** Waits for the end; an interrupt cancels the job, and the wait goes on until it has stopped. */
  void await() {
    awaitEnd();
  }

  /** Why the job has ended early, or null. */
  @Nullable RuntimeException problem() {
    Instruction.Failure reason = failure;
    return reason == null ? null : failed(reason);
  }

  /** Waits for the end, whatever it is. */
  void awaitEnd() {
    boolean interrupted = false;
    while (true) {
      try {
        ended.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
        cancel();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private RuntimeException failed(Instruction.Failure reason) {
    Throwable cause = reason.cause();
    if (cause == null) {
      return new CancellationException("the job was cancelled");
    }
    String detail = cause instanceof WeftException ? cause.getMessage() : String.valueOf(cause);
    if (reason.stage() < 0) {
      return new JobFailedException("job failed: " + detail, cause);
    }
    Stage stage = plan.graph().stages().get(reason.stage());
    return new JobFailedException(
        "job failed in '%s', chunk %d of %d %s: %s"
            .formatted(
                stage.label(),
                reason.chunk(),
                stage.iteration().count(),
                stage.iteration().region(reason.chunk()),
                detail),
        cause);
  }

  private void post(Event event) {
    synchronized (inbox) {
      inbox.add(event);
      if (busy) {
        return;
      }
      busy = true;
    }
    while (true) {
      Event next;
      synchronized (inbox) {
        next = inbox.poll();
        if (next == null) {
          busy = false;
          return;
        }
      }
      handle(next);
    }
  }

  private void handle(Event event) {
    try {
      for (Instruction instruction : scheduler.handle(event)) {
        perform(instruction);
      }
    } catch (RuntimeException | Error e) {
      if (event instanceof Event.Failed) {
        end(new Instruction.Failure(-1, -1, e));
      } else {
        post(new Event.Failed(e));
      }
    }
  }

  private void perform(Instruction instruction) {
    switch (instruction) {
      case Instruction.Run(int stage, long chunk) -> run(stage, chunk);
      case Instruction.Free(int array, long chunk) -> memory.free(array, chunk);
      case Instruction.Finish(Instruction.Failure reason) -> end(reason);
    }
  }

  private void end(Instruction.@Nullable Failure reason) {
    failure = reason;
    try {
      onEnd.run();
    } finally {
      ended.countDown();
    }
  }

  private void run(int stage, long chunk) {
    Completion done = problem -> ended(stage, chunk, problem);
    try {
      events.accept(new JobEvent.TaskStarted(job, System.nanoTime(), stage, chunk, deviceName));
    } catch (RuntimeException | Error e) {
      done.done(e);
      return;
    }
    if (prepares[stage]) {
      device.execute(
          () -> launcher.launch(stage, chunk, done),
          problem -> {
            if (problem != null) {
              done.done(problem);
            }
          });
    } else {
      launcher.launch(stage, chunk, done);
    }
  }

  private void ended(int stage, long chunk, @Nullable Throwable problem) {
    Throwable cause = problem;
    if (cause == null) {
      try {
        events.accept(new JobEvent.TaskFinished(job, System.nanoTime(), stage, chunk, deviceName));
      } catch (RuntimeException | Error e) {
        cause = e;
      }
    }
    post(
        cause == null
            ? new Event.TaskDone(stage, chunk)
            : new Event.TaskFailed(stage, chunk, cause));
  }
}
