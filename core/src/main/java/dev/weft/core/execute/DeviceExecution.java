package dev.weft.core.execute;

import dev.weft.core.device.Device;
import dev.weft.core.device.FarDevice;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.DeviceLostException;
import dev.weft.core.event.JobEvent;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.place.Place;
import dev.weft.core.plan.Plan;
import dev.weft.core.schedule.DeviceEvent;
import dev.weft.core.schedule.DeviceInstruction;
import dev.weft.core.schedule.DeviceScheduler;
import dev.weft.core.schedule.Instruction.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of a plan on several devices: does what {@link DeviceScheduler} says, and tells it what
 * came of it and how long it took. What another device than the host cannot do is refused there and
 * done elsewhere; what the host or the user's code cannot do ends the job.
 */
final class DeviceExecution implements RunningPlan {
  private final long job;
  private final Plan plan;
  private final DeviceGroup group;
  private final JobMemory hostMemory;
  private final ChunkCopies copies;
  private final List<PlaceRun> places = new ArrayList<>();
  private final DeviceScheduler scheduler;
  private final boolean[] prepares;
  private final Consumer<JobEvent> events;
  private final JobEnd end;
  private final Inbox<DeviceEvent> inbox = new Inbox<>(this::handle);

  /**
   * An execution that is ready to start.
   *
   * @param hostLimit bytes that chunks on the host may take
   * @param onEnd runs once, when nothing is running on any device and nothing will be
   */
  DeviceExecution(
      long job,
      Plan plan,
      DeviceGroup group,
      JobMemory hostMemory,
      long hostLimit,
      Consumer<JobEvent> events,
      Runnable onEnd) {
    this.job = job;
    this.plan = plan;
    this.group = group;
    this.hostMemory = hostMemory;
    this.copies = new ChunkCopies(hostMemory);
    this.events = events;
    this.end = new JobEnd(plan, onEnd);
    places.add(new PlaceRun(Place.HOST, hostMemory, plan));
    List<Place> descriptions = new ArrayList<>();
    Device host = group.host();
    descriptions.add(place(group, host, hostLimit, group.hostKernels()));
    for (FarDevice other : group.others()) {
      places.add(new PlaceRun(places.size(), new FarMemory(other, host, plan), plan));
      Device.MemoryUse memory = other.memory();
      descriptions.add(place(group, other, memory.limit() - memory.live(), true));
    }
    this.scheduler = new DeviceScheduler(plan, descriptions);
    this.prepares = new boolean[plan.graph().stages().size()];
    for (int stage = 0; stage < prepares.length; stage++) {
      prepares[stage] = places.getFirst().launcher().prepares(stage);
    }
  }

  private static Place place(DeviceGroup group, Device device, long limit, boolean kernels) {
    return new Place(
        device.info().name(), group.rates(device), device.info().parallelism(), limit, kernels);
  }

  @Override
  public void start(boolean aside) {
    DeviceEvent started = new DeviceEvent.Started(System.nanoTime());
    if (!aside) {
      inbox.post(started);
      return;
    }
    group
        .host()
        .execute(
            () -> inbox.post(started),
            problem -> {
              if (problem != null) {
                inbox.post(new DeviceEvent.Failed(System.nanoTime(), problem));
              }
            });
  }

  @Override
  public void cancel() {
    inbox.post(new DeviceEvent.Cancelled(System.nanoTime()));
  }

  @Override
  public void await() {
    end.await(this::cancel);
  }

  @Override
  public @Nullable RuntimeException problem() {
    return end.problem();
  }

  private void handle(DeviceEvent event) {
    try {
      for (DeviceInstruction instruction : scheduler.handle(event)) {
        perform(instruction);
      }
    } catch (RuntimeException | Error e) {
      if (event instanceof DeviceEvent.Failed) {
        finish(new Failure(-1, -1, e));
      } else {
        inbox.post(new DeviceEvent.Failed(System.nanoTime(), e));
      }
    }
  }

  private void perform(DeviceInstruction instruction) {
    switch (instruction) {
      case DeviceInstruction.Run run -> run(run, places.get(run.device()));
      case DeviceInstruction.Copy copy -> copy(copy);
      case DeviceInstruction.Free(int array, long chunk, int device) ->
          chunks(places.get(device)).free(array, chunk);
      case DeviceInstruction.Finish(Failure reason) -> finish(reason);
    }
  }

  private static ChunkTable chunks(PlaceRun place) {
    return switch (place.memory()) {
      case FarMemory far -> far.chunks();
      case JobMemory host -> host.chunks();
    };
  }

  private void finish(@Nullable Failure reason) {
    for (PlaceRun place : places) {
      if (place.number() != Place.HOST) {
        chunks(place).close();
      }
    }
    end.reached(reason);
  }

  private void run(DeviceInstruction.Run run, PlaceRun place) {
    if (!place.enter()) {
      return;
    }
    try {
      events.accept(
          new JobEvent.TaskStarted(
              job, System.nanoTime(), run.stage(), run.chunk(), place.name(), run.reason()));
    } catch (RuntimeException | Error e) {
      inbox.post(
          new DeviceEvent.TaskFailed(
              run.stage(), run.chunk(), place.number(), System.nanoTime(), e));
      leave(place);
      return;
    }
    boolean onHost = place.number() == Place.HOST;
    if (onHost && prepares[run.stage()] || !place.launcher().isCompiled(run.stage())) {
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
    } else {
      launch(run, place);
    }
  }

  private void launch(DeviceInstruction.Run run, PlaceRun place) {
    SlotClock.Work work = place.tasks().begin(System.nanoTime());
    place
        .launcher()
        .launch(
            run.stage(),
            run.chunk(),
            failure -> ended(run, place, place.tasks().end(work, System.nanoTime()), failure));
  }

  private void ended(
      DeviceInstruction.Run run, PlaceRun place, long took, @Nullable Throwable failure) {
    if (failure instanceof DeviceLostException && place.number() != Place.HOST) {
      place.lose(failure);
    }
    if (!place.isLost()) {
      inbox.post(outcome(run, place, took, failure));
    }
    leave(place);
  }

  private DeviceEvent outcome(
      DeviceInstruction.Run run, PlaceRun place, long took, @Nullable Throwable failure) {
    int stage = run.stage();
    long chunk = run.chunk();
    int device = place.number();
    long now = System.nanoTime();
    boolean refused = failure instanceof DeviceException && device != Place.HOST;
    Throwable cause = failure;
    try {
      if (cause == null) {
        events.accept(new JobEvent.TaskFinished(job, now, stage, chunk, place.name()));
        return new DeviceEvent.TaskDone(stage, chunk, device, now, took);
      }
      if (refused) {
        events.accept(new JobEvent.TaskRefused(job, now, stage, chunk, place.name(), cause));
        return new DeviceEvent.TaskRefused(stage, chunk, device, now, cause);
      }
    } catch (RuntimeException | Error e) {
      cause = e;
    }
    return new DeviceEvent.TaskFailed(stage, chunk, device, now, cause);
  }

  /** When the last thing on a lost device has ended, all that it held is dropped. */
  private void leave(PlaceRun place) {
    Throwable loss = place.leave();
    if (loss == null) {
      return;
    }
    if (loss instanceof DeviceLostException && place.device() instanceof FarDevice device) {
      group.lose(device, loss);
    }
    long now = System.nanoTime();
    try {
      chunks(place).close();
      events.accept(new JobEvent.DeviceLost(job, now, place.name(), loss));
    } catch (RuntimeException | Error e) {
      inbox.post(new DeviceEvent.Failed(now, e));
    }
    inbox.post(new DeviceEvent.DeviceFailed(place.number(), now, loss));
  }

  private void copy(DeviceInstruction.Copy copy) {
    boolean out = copy.to() == Place.HOST;
    PlaceRun place = places.get(out ? copy.from() : copy.to());
    if (place.enter()) {
      SlotClock.Work work = place.lane(out).begin(System.nanoTime());
      try {
        events.accept(
            new JobEvent.CopyStarted(
                job,
                System.nanoTime(),
                copy.array(),
                copy.chunk(),
                places.get(copy.from()).name(),
                places.get(copy.to()).name(),
                out,
                array(copy).chunkBytes(copy.chunk())));
      } catch (RuntimeException | Error e) {
        copied(copy, place, work, e, true);
        return;
      }
      move(copy, place, work, true);
    }
  }

  private ArrayDef array(DeviceInstruction.Copy copy) {
    return plan.graph().arrays().get(copy.array());
  }

  /** What cannot be brought home is tried once more, for it may be all that is left of it. */
  private void move(
      DeviceInstruction.Copy copy, PlaceRun place, SlotClock.Work work, boolean again) {
    FarMemory far = (FarMemory) place.memory();
    if (copy.to() != Place.HOST) {
      copies.in(
          array(copy),
          copy.chunk(),
          far,
          (failure, onHost) -> copied(copy, place, work, failure, onHost));
      return;
    }
    copies.out(
        array(copy),
        copy.chunk(),
        far,
        (failure, onHost) -> {
          boolean lost = failure instanceof DeviceLostException || place.isLost();
          if (failure != null && !onHost && !lost && again) {
            move(copy, place, work, false);
          } else {
            copied(copy, place, work, failure, onHost);
          }
        });
  }

  private void copied(
      DeviceInstruction.Copy copy,
      PlaceRun place,
      SlotClock.Work work,
      @Nullable Throwable failure,
      boolean onHost) {
    boolean out = copy.to() == Place.HOST;
    long now = System.nanoTime();
    long took = place.lane(out).end(work, now);
    // A device that does not give back what it has made is as good as lost to this job.
    boolean keeps = failure != null && !onHost && out;
    if (keeps || failure instanceof DeviceLostException) {
      place.lose(failure);
    }
    if (!place.isLost()) {
      inbox.post(outcome(copy, now, took, failure, onHost));
    }
    leave(place);
  }

  private DeviceEvent outcome(
      DeviceInstruction.Copy copy,
      long now,
      long took,
      @Nullable Throwable failure,
      boolean onHost) {
    int array = copy.array();
    long chunk = copy.chunk();
    Throwable cause = failure;
    boolean everywhere = onHost;
    try {
      events.accept(
          new JobEvent.CopyFinished(
              job,
              now,
              array,
              chunk,
              places.get(copy.from()).name(),
              places.get(copy.to()).name(),
              copy.to() == Place.HOST,
              array(copy).chunkBytes(chunk),
              took,
              failure));
    } catch (RuntimeException | Error e) {
      cause = cause == null ? e : cause;
      everywhere = true;
    }
    return cause == null
        ? new DeviceEvent.CopyDone(array, chunk, copy.from(), copy.to(), now, took)
        : new DeviceEvent.CopyFailed(array, chunk, copy.from(), copy.to(), now, cause, everywhere);
  }
}
