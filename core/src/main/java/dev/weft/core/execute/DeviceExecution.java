package dev.weft.core.execute;

import dev.weft.core.device.Device;
import dev.weft.core.device.FarDevice;
import dev.weft.core.error.InternalException;
import dev.weft.core.event.JobEvent;
import dev.weft.core.place.Place;
import dev.weft.core.plan.HeldChunks;
import dev.weft.core.plan.Plan;
import dev.weft.core.schedule.ChunkHomes;
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
  private final DeviceGroup group;
  private final List<PlaceRun> places = new ArrayList<>();
  private final DeviceScheduler scheduler;
  private final DeviceWork work;
  private final TaskRuns tasks;
  private final CopyRuns copies;
  private final KeptChunks kept;
  private final JobEnd end;

  /**
   * An execution that is ready to start.
   *
   * @param kept takes the results that stay on their devices
   * @param hostLimit bytes that chunks on the host may take
   * @param onEnd runs once, when nothing is running on any device and nothing will be
   */
  DeviceExecution(
      long job,
      Plan plan,
      DeviceGroup group,
      JobMemory hostMemory,
      KeptChunks kept,
      long hostLimit,
      Consumer<JobEvent> events,
      Runnable onEnd) {
    this.group = group;
    this.kept = kept;
    this.end = new JobEnd(plan, onEnd);
    HeldChunks held = new HeldChunks(plan.graph());
    places.add(new PlaceRun(Place.HOST, hostMemory, plan));
    List<Place> descriptions = new ArrayList<>();
    Device host = group.host();
    descriptions.add(place(group, host, hostLimit, group.hostKernels()));
    for (FarDevice other : group.others()) {
      places.add(new PlaceRun(places.size(), new FarMemory(other, host, plan, held), plan));
      Device.MemoryUse memory = other.memory();
      descriptions.add(place(group, other, memory.limit() - memory.live(), true));
    }
    this.scheduler = new DeviceScheduler(plan, descriptions, homes(plan));
    this.work = new DeviceWork(job, group, places, events, this::handle);
    this.tasks = new TaskRuns(plan, work);
    this.copies = new CopyRuns(plan, work, hostMemory, held);
  }

  private static Place place(DeviceGroup group, Device device, long limit, boolean kernels) {
    return new Place(
        device.info().name(), group.rates(device), device.info().parallelism(), limit, kernels);
  }

  /** Where persisted arrays lie; everything else that is there before the job is on the host. */
  private ChunkHomes homes(Plan plan) {
    return (array, chunk) -> {
      if (!(plan.graph().arrays().get(array).source() instanceof ResidentChunks resident)) {
        return Place.HOST;
      }
      for (PlaceRun place : places) {
        if (place.device() == resident.device(chunk)) {
          return place.number();
        }
      }
      resident.requireThere();
      throw new InternalException("chunk %d of %s is on no device".formatted(chunk, resident));
    };
  }

  @Override
  public void start(boolean aside) {
    DeviceEvent started = new DeviceEvent.Started(System.nanoTime());
    if (!aside) {
      work.post(started);
      return;
    }
    group
        .host()
        .execute(
            () -> work.post(started),
            problem -> {
              if (problem != null) {
                work.post(new DeviceEvent.Failed(System.nanoTime(), problem));
              }
            });
  }

  @Override
  public void cancel() {
    work.post(new DeviceEvent.Cancelled(System.nanoTime()));
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
        work.post(new DeviceEvent.Failed(System.nanoTime(), e));
      }
    }
  }

  private void perform(DeviceInstruction instruction) {
    switch (instruction) {
      case DeviceInstruction.Run run -> tasks.run(run);
      case DeviceInstruction.Copy copy -> copies.run(copy);
      case DeviceInstruction.Free(int array, long chunk, int device) ->
          places.get(device).chunks().free(array, chunk);
      case DeviceInstruction.Finish(Failure reason) -> finish(reason);
    }
  }

  private void finish(@Nullable Failure reason) {
    for (PlaceRun place : places) {
      if (place.number() != Place.HOST) {
        if (reason == null && !place.isLost()) {
          kept.takeFrom(place.memory());
        }
        place.chunks().close();
      }
    }
    end.reached(reason);
  }
}
