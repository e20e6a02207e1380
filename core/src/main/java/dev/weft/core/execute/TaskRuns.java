package dev.weft.core.execute;

import dev.weft.core.error.DeviceException;
import dev.weft.core.error.DeviceLostException;
import dev.weft.core.error.DeviceMemoryException;
import dev.weft.core.error.RetriedException;
import dev.weft.core.event.JobEvent;
import dev.weft.core.memory.SourceChecks;
import dev.weft.core.place.Place;
import dev.weft.core.plan.PlannedTasks;
import dev.weft.core.schedule.Event;
import dev.weft.core.schedule.Instruction.Run;
import org.jspecify.annotations.Nullable;

/** Runs tasks at their places, and tells the scheduler what came of them. */
final class TaskRuns {
  private final PlannedTasks tasks;
  private final RunningWork work;
  private final boolean[] prepares;

  TaskRuns(PlannedTasks tasks, RunningWork work) {
    this.tasks = tasks;
    this.work = work;
    this.prepares = new boolean[tasks.plan().graph().stages().size()];
    for (int stage = 0; stage < prepares.length; stage++) {
      prepares[stage] = work.place(Place.HOST).launcher().prepares(stage);
    }
  }

  void run(Run run) {
    if (tasks.isWait(run.task())) {
      work.post(new Event.TaskDone(run.task(), run.place(), System.nanoTime(), 1));
      return;
    }
    PlaceRun place = work.place(run.place());
    if (!place.enter()) {
      return;
    }
    try {
      work.publish(
          new JobEvent.TaskStarted(
              work.job(),
              System.nanoTime(),
              tasks.kind(run.task()),
              tasks.chunk(run.task()),
              run.count(),
              place.name(),
              run.reason()));
    } catch (RuntimeException | Error e) {
      work.leave(place);
      work.post(failed(run, run.task(), e));
      return;
    }
    start(run, place, 0);
  }

  /** {@code tries} says how often it has found no memory while nothing else was going on. */
  private void start(Run run, PlaceRun place, int tries) {
    int stage = tasks.kind(run.task());
    boolean onHost = place.number() == Place.HOST;
    // Several tasks of another device are a launch or two, and need no thread of their own.
    boolean quick = !onHost || run.count() == 1 && !prepares[stage];
    if (quick && place.launcher().isCompiled(stage)) {
      launch(run, place, tries);
      return;
    }
    place
        .device()
        .execute(
            () -> {
              place.launcher().compile(stage);
              launch(run, place, tries);
            },
            problem -> {
              if (problem != null) {
                ended(run, place, tries, 0, System.nanoTime(), 0, problem);
              }
            });
  }

  private void launch(Run run, PlaceRun place, int tries) {
    SlotClock.Turn begun = place.tasks().begin(System.nanoTime());
    place
        .launcher()
        .launch(
            tasks.kind(run.task()),
            tasks.chunk(run.task()),
            run.count(),
            (at, failure) -> {
              SlotClock.Ended end = place.tasks().end(begun);
              ended(run, place, tries, at, end.at(), end.took(), failure);
            });
  }

  /**
   * Whatever came of it.
   *
   * @param at which of the tasks has failed
   * @param now when they ended
   * @param took how long they had a slot
   */
  private void ended(
      Run run,
      PlaceRun place,
      int tries,
      int at,
      long now,
      long took,
      @Nullable Throwable failure) {
    if (failure instanceof DeviceLostException && place.number() != Place.HOST) {
      place.lose(failure);
    }
    if (failure instanceof DeviceMemoryException full && place.number() == Place.HOST) {
      // Copies to the host take memory that the scheduler does not know of.
      work.leave(place);
      work.waitForMemory(
          tries,
          next -> again(run, place, next),
          () -> work.post(refused(run, place, System.nanoTime(), work.explained(full))));
      return;
    }
    if (!place.isLost() && place.makesRoom(failure)) {
      work.leave(place);
      again(run, place, tries);
      return;
    }
    Event outcome = place.isLost() ? null : outcome(run, place, at, now, took, failure);
    work.leave(place);
    if (outcome != null) {
      work.post(outcome);
    }
  }

  private void again(Run run, PlaceRun place, int tries) {
    if (place.enter()) {
      start(run, place, tries);
    }
  }

  private static Event failed(Run run, int task, Throwable cause) {
    return new Event.TaskFailed(run.task(), run.place(), System.nanoTime(), task, cause);
  }

  private Event outcome(
      Run run, PlaceRun place, int at, long now, long took, @Nullable Throwable failure) {
    if (failure == null) {
      return finished(run, place, at, now, took);
    }
    if (failure instanceof DeviceException && place.number() != Place.HOST) {
      return refused(run, place, now, failure);
    }
    publishFailure(run, place, run.task() + at, now, failure);
    return failed(run, run.task() + at, failure);
  }

  private Event finished(Run run, PlaceRun place, int at, long now, long took) {
    JobEvent event =
        new JobEvent.TaskFinished(
            work.job(),
            now,
            tasks.kind(run.task()),
            tasks.chunk(run.task()),
            run.count(),
            place.name(),
            took);
    return told(run, at, event, new Event.TaskDone(run.task(), run.place(), now, took));
  }

  private Event refused(Run run, PlaceRun place, long now, Throwable reason) {
    JobEvent event =
        new JobEvent.TaskRefused(
            work.job(),
            now,
            tasks.kind(run.task()),
            tasks.chunk(run.task()),
            run.count(),
            place.name(),
            reason);
    return told(run, 0, event, new Event.TaskRefused(run.task(), run.place(), now, reason));
  }

  /** Tells of an outcome; where a listener throws, the task has failed instead. */
  private Event told(Run run, int at, JobEvent event, Event outcome) {
    try {
      work.publish(event);
      return outcome;
    } catch (RuntimeException | Error e) {
      return failed(run, run.task() + at, e);
    }
  }

  private void publishFailure(Run run, PlaceRun place, int task, long now, Throwable failure) {
    try {
      work.publish(
          new JobEvent.TaskFailed(
              work.job(),
              now,
              tasks.kind(run.task()),
              tasks.chunk(run.task()),
              run.count(),
              tasks.chunk(task),
              place.name(),
              RetriedException.attempts(failure),
              SourceChecks.reason(tasks.plan(), failure)));
    } catch (RuntimeException | Error e) {
      if (e != failure) {
        failure.addSuppressed(e);
      }
    }
  }
}
