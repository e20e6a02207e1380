package dev.weft.core.schedule;

import dev.weft.core.place.Place;
import dev.weft.core.place.Rates;
import dev.weft.core.plan.Plan;
import dev.weft.core.plan.PlannedTasks;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Plays a host alone: work ends in the order in which it was started, and nothing is computed. */
final class Simulation {
  final Scheduler scheduler;
  final List<String> log = new ArrayList<>();
  private final PlannedTasks tasks;
  private final Deque<Instruction.Run> running = new ArrayDeque<>();
  private int most;

  /** A host with so many slots; one piece of work more is started than it has. */
  Simulation(Plan plan, int slots, long memoryLimit) {
    this(plan, slots, memoryLimit, new Rates(1e-6, 1e-6, 1, 1, 0, 0));
  }

  /** A host so fast that several tasks are worth starting as one. */
  static Simulation fast(Plan plan, int slots, long memoryLimit) {
    return new Simulation(plan, slots, memoryLimit, new Rates(1e6, 1e6, 1, 1, 0, 0));
  }

  private Simulation(Plan plan, int slots, long memoryLimit, Rates rates) {
    this.tasks = new PlannedTasks(plan, false);
    Place host = new Place("cpu", rates, slots, memoryLimit, true);
    this.scheduler = new Scheduler(tasks, List.of(host), ItemHomes.ON_HOST);
  }

  Simulation handle(Event event) {
    for (Instruction instruction : scheduler.handle(event)) {
      switch (instruction) {
        case Instruction.Run run -> {
          running.add(run);
          log.add("run " + name(run));
        }
        case Instruction.Copy copy -> log.add("copy " + HostAlone.name(tasks, copy.item()));
        case Instruction.Free free -> log.add("free " + HostAlone.name(tasks, free.item()));
        case Instruction.Finish(var failure) ->
            log.add(failure == null ? "finish" : failure.isCancelled() ? "cancelled" : "failed");
      }
    }
    most = Math.max(most, running.size());
    return this;
  }

  private String name(Instruction.Run run) {
    String first = "%d/%d".formatted(tasks.kind(run.task()), tasks.chunk(run.task()));
    return run.count() == 1 ? first : first + "+" + (run.count() - 1);
  }

  Simulation start() {
    return handle(new Event.Started(0));
  }

  /** The work that has been running longest ends. */
  Simulation done() {
    Instruction.Run run = running.remove();
    log.add("done " + name(run));
    return handle(new Event.TaskDone(run.task(), Place.HOST, 0, 1));
  }

  /** Everything that is running ends, and what follows it, but for the work of one kind. */
  Simulation toTheEndBut(int kind) {
    boolean more = true;
    while (more) {
      more = false;
      for (int i = running.size(); i > 0; i--) {
        Instruction.Run run = running.element();
        if (tasks.kind(run.task()) == kind) {
          running.add(running.remove());
        } else {
          done();
          more = true;
        }
      }
    }
    return this;
  }

  Simulation fails() {
    Instruction.Run run = running.remove();
    log.add("fail " + name(run));
    return handle(
        new Event.TaskFailed(run.task(), Place.HOST, 0, run.task(), new IllegalStateException()));
  }

  Simulation toTheEnd() {
    while (!running.isEmpty()) {
      done();
    }
    return this;
  }

  /** Most pieces of work that were running at the same time. */
  int most() {
    return most;
  }
}
