package dev.weft.core.execute;

import dev.weft.core.error.DeviceException;
import dev.weft.core.error.DeviceLostException;
import dev.weft.core.error.DeviceMemoryException;
import dev.weft.core.event.JobEvent;
import dev.weft.core.fuse.Stage.Work;
import dev.weft.core.place.Place;
import dev.weft.core.plan.Plan;
import dev.weft.core.schedule.DeviceEvent;
import dev.weft.core.schedule.DeviceInstruction.Run;
import org.jspecify.annotations.Nullable;

/** Runs tasks on their devices, and tells the scheduler what came of them. */
final class TaskRuns {
  private final Plan plan;
  private final DeviceWork work;
  private final boolean[] prepares;

  TaskRuns(Plan plan, DeviceWork work) {
    this.plan = plan;
    this.work = work;
    this.prepares = new boolean[plan.graph().stages().size()];
    for (int stage = 0; stage < prepares.length; stage++) {
      prepares[stage] = work.place(Place.HOST).launcher().prepares(stage);
    }
  }

  void run(Run run) {
    PlaceRun place = work.place(run.device());
    if (!place.enter()) {
      return;
    }
    try {
      work.publish(
          new JobEvent.TaskStarted(
              work.job(), System.nanoTime(), run.stage(), run.chunk(), place.name(), run.reason()));
    } catch (RuntimeException | Error e) {
      long now = System.nanoTime();
      work.leave(place);
      work.post(new DeviceEvent.TaskFailed(run.stage(), run.chunk(), place.number(), now, e));
      return;
    }
    start(run, place);
  }

  private void start(Run run, PlaceRun place) {
    boolean onHost = place.number() == Place.HOST;
    if (!(onHost && prepares[run.stage()]) && place.launcher().isCompiled(run.stage())) {
      launch(run, place);
      return;
    }
    place
        .device()
        .execute(
            () -> {
              place.launcher().compile(run.stage());
              launch(run, place);
            },
            problem -> {
              if (problem != null) {
                ended(run, place, 0, problem);
              }
            });
  }

  private void launch(Run run, PlaceRun place) {
    SlotClock.Work begun = place.tasks().begin(System.nanoTime());
    place
        .launcher()
        .launch(
            run.stage(),
            run.chunk(),
            failure -> ended(run, place, place.tasks().end(begun, System.nanoTime()), failure));
  }

  private void ended(Run run, PlaceRun place, long took, @Nullable Throwable failure) {
    if (failure instanceof DeviceLostException && place.number() != Place.HOST) {
      place.lose(failure);
    }
    if (failure instanceof DeviceMemoryException full && canWait(run)) {
      // Copies to the host, and of its sources, take memory that the scheduler does not know of.
      work.leave(place);
      work.waitForMemory(() -> again(run, place), () -> full(run, full));
      return;
    }
    DeviceEvent outcome = place.isLost() ? null : outcome(run, place, took, failure);
    work.leave(place);
    if (outcome != null) {
      work.post(outcome);
    }
  }

  /** A combine has joined partial results in their places, and cannot do so twice. */
  private boolean canWait(Run run) {
    return run.device() == Place.HOST
        && !(plan.graph().stages().get(run.stage()).work() instanceof Work.Combine);
  }

  private void again(Run run, PlaceRun place) {
    if (place.enter()) {
      start(run, place);
    }
  }

  private void full(Run run, DeviceMemoryException full) {
    work.post(
        new DeviceEvent.TaskFailed(run.stage(), run.chunk(), Place.HOST, System.nanoTime(), full));
  }

  private DeviceEvent outcome(Run run, PlaceRun place, long took, @Nullable Throwable failure) {
    int stage = run.stage();
    long chunk = run.chunk();
    int device = place.number();
    long now = System.nanoTime();
    boolean refused = failure instanceof DeviceException && device != Place.HOST;
    Throwable cause = failure;
    try {
      if (cause == null) {
        work.publish(new JobEvent.TaskFinished(work.job(), now, stage, chunk, place.name()));
        return new DeviceEvent.TaskDone(stage, chunk, device, now, took);
      }
      if (refused) {
        work.publish(new JobEvent.TaskRefused(work.job(), now, stage, chunk, place.name(), cause));
        return new DeviceEvent.TaskRefused(stage, chunk, device, now, cause);
      }
    } catch (RuntimeException | Error e) {
      cause = e;
    }
    return new DeviceEvent.TaskFailed(stage, chunk, device, now, cause);
  }
}
