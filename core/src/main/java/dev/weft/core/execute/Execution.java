package dev.weft.core.execute;

import dev.weft.core.device.Device;
import dev.weft.core.device.Device.Completion;
import dev.weft.core.event.JobEvent;
import dev.weft.core.plan.Plan;
import dev.weft.core.schedule.Event;
import dev.weft.core.schedule.Instruction;
import dev.weft.core.schedule.Scheduler;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of a plan. Events reach the scheduler one at a time, in the order of their arrival;
 * whichever thread brings one also starts what the scheduler then asks for.
 */
final class Execution implements RunningPlan {
  private final long job;
  private final Device device;
  private final String deviceName;
  private final JobMemory memory;
  private final Scheduler scheduler;
  private final TaskLauncher launcher;
  private final boolean[] prepares;
  private final Consumer<JobEvent> events;
  private final JobEnd end;
  private final Inbox<Event> inbox = new Inbox<>(this::handle);

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
    this.device = device;
    this.deviceName = device.info().name();
    this.memory = memory;
    this.events = events;
    this.end = new JobEnd(plan, onEnd);
    this.scheduler = new Scheduler(plan, limit);
    this.launcher = new TaskLauncher(memory, plan);
    launcher.compile();
    this.prepares = new boolean[plan.graph().stages().size()];
    for (int stage = 0; stage < prepares.length; stage++) {
      prepares[stage] = launcher.prepares(stage);
    }
  }

  @Override
  public void start(boolean aside) {
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

  @Override
  public void cancel() {
    post(new Event.Cancelled());
  }

  @Override
  public void await() {
    end.await(this::cancel);
  }

  @Override
  public @Nullable RuntimeException problem() {
    return end.problem();
  }

  private void post(Event event) {
    inbox.post(event);
  }

  private void handle(Event event) {
    try {
      for (Instruction instruction : scheduler.handle(event)) {
        perform(instruction);
      }
    } catch (RuntimeException | Error e) {
      if (event instanceof Event.Failed) {
        end.reached(new Instruction.Failure(-1, -1, e));
      } else {
        post(new Event.Failed(e));
      }
    }
  }

  private void perform(Instruction instruction) {
    switch (instruction) {
      case Instruction.Run(int stage, long chunk) -> run(stage, chunk);
      case Instruction.Free(int array, long chunk) -> memory.free(array, chunk);
      case Instruction.Finish(Instruction.Failure reason) -> end.reached(reason);
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
