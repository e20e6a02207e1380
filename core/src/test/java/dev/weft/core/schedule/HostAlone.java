package dev.weft.core.schedule;

import dev.weft.core.place.Place;
import dev.weft.core.place.Rates;
import dev.weft.core.plan.Plan;
import dev.weft.core.plan.PlannedTasks;
import dev.weft.core.schedule.Instruction.Run;
import java.util.ArrayDeque;
import java.util.List;

/** What a host alone would make of a plan, and names of what it is made of. */
final class HostAlone {
  private HostAlone() {}

  /** Number of tasks that a host alone runs for a plan. */
  static int wanted(Plan plan) {
    PlannedTasks tasks = new PlannedTasks(plan, false);
    Place host = new Place("cpu", new Rates(1, 1, 1, 1, 1, 1), 1, Long.MAX_VALUE, true);
    Scheduler scheduler = new Scheduler(tasks, List.of(host), ItemHomes.ON_HOST);
    ArrayDeque<Run> todo = new ArrayDeque<>();
    Event event = new Event.Started(0);
    int wanted = 0;
    while (event != null) {
      for (Instruction instruction : scheduler.handle(event)) {
        if (instruction instanceof Run run) {
          todo.add(run);
          wanted += tasks.isWait(run.task()) ? 0 : run.count();
        }
      }
      Run next = todo.poll();
      event = next == null ? null : new Event.TaskDone(next.task(), 0, 0, 1);
    }
    return wanted;
  }

  /** A chunk as tests write it. */
  static String name(PlannedTasks graph, int item) {
    return "a%d/%d".formatted(graph.array(item).id(), graph.chunkOf(item));
  }
}
