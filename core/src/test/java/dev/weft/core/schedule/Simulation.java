package dev.weft.core.schedule;

import dev.weft.core.plan.Plan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Plays the device: tasks end in the order in which they were started, and nothing is computed. */
final class Simulation {
  final Scheduler scheduler;
  final List<String> log = new ArrayList<>();
  private final Deque<Instruction.Run> running = new ArrayDeque<>();
  private int most;

  Simulation(Plan plan, long memoryLimit) {
    this.scheduler = new Scheduler(plan, memoryLimit);
  }

  Simulation handle(Event event) {
    for (Instruction instruction : scheduler.handle(event)) {
      switch (instruction) {
        case Instruction.Run run -> {
          running.add(run);
          log.add("run %d/%d".formatted(run.stage(), run.chunk()));
        }
        case Instruction.Free(int array, long chunk) ->
            log.add("free a%d/%d".formatted(array, chunk));
        case Instruction.Finish(var failure) ->
            log.add(failure == null ? "finish" : failure.isCancelled() ? "cancelled" : "failed");
      }
    }
    most = Math.max(most, running.size());
    return this;
  }

  Simulation start(int slots) {
    return handle(new Event.Started(slots));
  }

  /** The task that has been running longest ends. */
  Simulation done() {
    Instruction.Run run = running.remove();
    log.add("done %d/%d".formatted(run.stage(), run.chunk()));
    return handle(new Event.TaskDone(run.stage(), run.chunk()));
  }

  Simulation fails() {
    Instruction.Run run = running.remove();
    log.add("fail %d/%d".formatted(run.stage(), run.chunk()));
    return handle(new Event.TaskFailed(run.stage(), run.chunk(), new IllegalStateException()));
  }

  Simulation toTheEnd() {
    while (!running.isEmpty()) {
      done();
    }
    return this;
  }

  /** Most tasks that were running at the same time. */
  int most() {
    return most;
  }
}
