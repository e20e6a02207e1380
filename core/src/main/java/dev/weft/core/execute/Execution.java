package dev.weft.core.execute;

import dev.weft.core.device.Device;
import dev.weft.core.device.FarDevice;
import dev.weft.core.event.JobEvent;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.memory.ChunkTable;
import dev.weft.core.memory.DeviceGroup;
import dev.weft.core.memory.FarMemory;
import dev.weft.core.memory.HeldMemory;
import dev.weft.core.memory.JobMemory;
import dev.weft.core.memory.KeptChunks;
import dev.weft.core.memory.ResidentChunks;
import dev.weft.core.memory.SourceIdentities;
import dev.weft.core.place.MemoryAccount;
import dev.weft.core.place.Place;
import dev.weft.core.place.Rates;
import dev.weft.core.plan.PlannedTasks;
import dev.weft.core.schedule.Event;
import dev.weft.core.schedule.Instruction;
import dev.weft.core.schedule.Instruction.Failure;
import dev.weft.core.schedule.Scheduler;
import dev.weft.core.spill.SpillDevice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of a plan: does what the {@link Scheduler} says, and tells it what came of it and how
 * long it took. Events reach the scheduler one at a time, in the order of their arrival; whichever
 * thread brings one also starts what the scheduler then asks for. What another place than the host
 * cannot do is refused there and done elsewhere; what the host or the user's code cannot do ends
 * the job.
 */
final class Execution {
  /** Where sources are that must be read. */
  private static final String FILES = "files";

  /** What a disk does, roughly: it is used when there is no choice. */
  private static final Rates DISK = new Rates(1, 1, 1, 1, 0, 100_000);

  private final DeviceGroup group;
  private final PlannedTasks tasks;
  private final List<PlaceRun> places = new ArrayList<>();
  private final Scheduler scheduler;
  private final RunningWork work;
  private final TaskRuns taskRuns;
  private final CopyRuns copies;
  private final KeptChunks kept;
  private final JobEnd end;

  /**
   * An execution that is ready to start.
   *
   * @param held the devices, and the disk for what the host has no room for
   * @param kept takes the results that stay on their devices
   * @param origin what errors say of the job
   * @param onEnd runs once, when nothing is running anywhere and nothing will be
   */
  Execution(
      long job,
      PlannedTasks tasks,
      HeldMemory held,
      JobMemory hostMemory,
      KeptChunks kept,
      JobOrigin origin,
      Consumer<JobEvent> events,
      Runnable onEnd) {
    this.group = held.devices();
    SpillDevice spill = held.disk();
    this.tasks = tasks;
    this.kept = kept;
    List<Place> descriptions = new ArrayList<>();
    List<MemoryAccount> accounts = new ArrayList<>();
    Device host = group.host();
    SourceIdentities sources = new SourceIdentities(tasks.plan());
    places.add(new PlaceRun(Place.HOST, hostMemory, tasks.plan()));
    descriptions.add(place(host, group.hostKernels()));
    accounts.add(group.account(host));
    for (FarDevice other : group.others()) {
      FarMemory memory =
          new FarMemory(other, host, tasks.plan(), hostMemory.held(), sources, group.copies(other));
      places.add(new PlaceRun(places.size(), memory, tasks.plan()));
      descriptions.add(place(other, true));
      accounts.add(group.account(other));
    }
    String disk = SpillDevice.NAME;
    boolean reads = tasks.plan().graph().arrays().stream().anyMatch(ArrayDef::isRead);
    for (String name : reads ? List.of(disk, FILES) : List.of(disk)) {
      FarMemory memory = new FarMemory(spill, host, tasks.plan(), hostMemory.held(), sources, null);
      places.add(new PlaceRun(places.size(), name, memory, tasks.plan()));
      descriptions.add(Place.disk(name, DISK, spill.memory().limit()));
      accounts.add(new MemoryAccount(spill.memory().limit()));
    }
    if (group.others().isEmpty()) {
      places.getFirst().launcher().compile();
    }
    // From here on other jobs may wait for the end of this one.
    this.scheduler =
        new Scheduler(
            tasks,
            descriptions,
            accounts,
            new ChunkHomes(job, tasks, places, events),
            () -> post(new Event.RoomMade(System.nanoTime())));
    this.end =
        new JobEnd(
            tasks,
            origin,
            () -> {
              try {
                onEnd.run();
              } finally {
                scheduler.close();
              }
            });
    this.work = new RunningWork(job, held, places, events, this::handle);
    this.taskRuns = new TaskRuns(tasks, work);
    this.copies = new CopyRuns(tasks, work, hostMemory);
  }

  private Place place(Device device, boolean kernels) {
    return new Place(
        device.info().name(),
        group.rates(device),
        device.info().parallelism(),
        device.memory().limit(),
        kernels,
        device.slabBytes());
  }

  /**
   * Starts the job.
   *
   * @param aside on a thread of the device, for callers that have other things to do: a thread that
   *     brings an event may have to serve many more
   */
  void start(boolean aside) {
    Event started = new Event.Started(System.nanoTime());
    if (!aside) {
      post(started);
      return;
    }
    group
        .host()
        .execute(
            () -> post(started),
            problem -> {
              if (problem != null) {
                post(new Event.Failed(System.nanoTime(), problem));
              }
            });
  }

  /** Asks the job to stop. */
  void cancel() {
    post(new Event.Cancelled(System.nanoTime()));
  }

  /** Asks the job to stop, for a reason that whoever waits is told. */
  void stop(RuntimeException reason) {
    post(new Event.Failed(System.nanoTime(), reason));
  }

  /** Waits for the end; an interrupt cancels the job, and the wait goes on until it has stopped. */
  void await() {
    end.await(this::cancel);
  }

  /** Whether the job has ended, waiting for it so long. */
  boolean isEnded(Duration atMost) throws InterruptedException {
    return end.isReached(atMost);
  }

  /** Why the job has ended early, or null. */
  @Nullable RuntimeException problem() {
    return end.problem();
  }

  private void post(Event event) {
    work.post(event);
  }

  private void handle(Event event) {
    try {
      List<Instruction.Copy> home = new ArrayList<>(0);
      for (Instruction instruction : scheduler.handle(event)) {
        if (instruction instanceof Instruction.Copy copy && copies.isHome(copy)) {
          home.add(copy);
        } else {
          perform(instruction);
        }
      }
      copies.home(home);
    } catch (RuntimeException | Error e) {
      if (event instanceof Event.Failed) {
        finish(new Failure(PlannedTasks.NONE, e));
      } else {
        post(new Event.Failed(System.nanoTime(), e));
      }
    }
  }

  private void perform(Instruction instruction) {
    switch (instruction) {
      case Instruction.Run run -> taskRuns.run(run);
      case Instruction.Copy copy -> copies.run(copy);
      case Instruction.Free(int item, int place) -> free(item, place);
      case Instruction.Finish(Failure reason) -> finish(reason);
    }
  }

  private void free(int item, int place) {
    ArrayDef array = tasks.array(item);
    ChunkTable chunks = places.get(place).chunks();
    if (place == Place.HOST && array.source() instanceof ResidentChunks resident) {
      resident.leave(array, tasks.chunkOf(item), chunks);
    }
    chunks.free(array.id(), tasks.chunkOf(item));
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
