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
import java.util.List;
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
  private final CountDownLatch ended = new CountDownLatch(1);
  private final ArrayDeque<Event> inbox = new ArrayDeque<>();
  private boolean busy;
  private volatile Instruction.@Nullable Failure failure;

  Execution(
      long job, Plan plan, Device device, JobMemory memory, long limit, Consumer<JobEvent> events) {
    this.job = job;
    this.plan = plan;
    this.device = device;
    this.deviceName = device.info().name();
    this.memory = memory;
    this.events = events;
    this.scheduler = new Scheduler(plan, limit);
    this.launcher = new TaskLauncher(device, memory, plan);
    this.prepares = new boolean[plan.graph().stages().size()];
    for (int stage = 0; stage < prepares.length; stage++) {
      prepares[stage] = launcher.prepares(stage);
    }
  }

  void start() {
    // One task more than can run keeps a device busy while a finished one is being accounted for.
    post(new Event.Started(device.info().parallelism() + 1));
  }

  void cancel() {
    post(new Event.Cancelled());
  }

  /** Waits for the end; an interrupt cancels the job, and the wait goes on until it has stopped. */
  void await() {
    awaitEnd();
    Instruction.Failure reason = failure;
    if (reason != null) {
      throw failed(reason);
    }
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
    Stage stage = plan.graph().stages().get(reason.stage());
    String detail = cause instanceof WeftException ? cause.getMessage() : String.valueOf(cause);
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
      perform(scheduler.handle(next));
    }
  }

  private void perform(List<Instruction> instructions) {
    for (Instruction instruction : instructions) {
      switch (instruction) {
        case Instruction.Run(int stage, long chunk) -> run(stage, chunk);
        case Instruction.Free(int array, long chunk) -> memory.free(array, chunk);
        case Instruction.Finish(Instruction.Failure reason) -> {
          failure = reason;
          ended.countDown();
        }
      }
    }
  }

  private void run(int stage, long chunk) {
    events.accept(new JobEvent.TaskStarted(job, System.nanoTime(), stage, chunk, deviceName));
    Completion ended =
        problem -> {
          if (problem == null) {
            events.accept(
                new JobEvent.TaskFinished(job, System.nanoTime(), stage, chunk, deviceName));
            post(new Event.TaskDone(stage, chunk));
          } else {
            post(new Event.TaskFailed(stage, chunk, problem));
          }
        };
    if (prepares[stage]) {
      device.execute(
          () -> launcher.launch(stage, chunk, ended),
          problem -> {
            if (problem != null) {
              ended.done(problem);
            }
          });
    } else {
      launcher.launch(stage, chunk, ended);
    }
  }
}
