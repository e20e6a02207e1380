package dev.weft.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.event.JobEvent;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.ArrayDef.Storage;
import dev.weft.core.place.Place;
import dev.weft.core.place.Placement;
import dev.weft.core.place.Workload;
import dev.weft.core.plan.Plan;
import dev.weft.core.schedule.DeviceInstruction.Copy;
import dev.weft.core.schedule.DeviceInstruction.Free;
import dev.weft.core.schedule.DeviceInstruction.Run;
import dev.weft.core.schedule.SimulatedMemory.Chunk;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Devices on a virtual clock that do what the scheduler says, and refuse what cannot be done: a
 * task whose inputs are not there, a copy of a chunk that is gone, a buffer given back while in
 * use, more memory than there is. Nothing is computed.
 */
final class SimulatedMachine {
  private record Timed(double at, long order, int device, DeviceEvent event, Runnable effect) {}

  final List<String> log = new ArrayList<>();
  final List<Placement> reasons = new ArrayList<>();

  /** What a listener of a session with such devices would hear. */
  final List<JobEvent> heard = new ArrayList<>();

  final int[] tasks;
  final long[] copiedBytes = new long[2];
  final DeviceScheduler scheduler;
  private final Plan plan;
  private final ChunkHomes homes;
  private final List<SimulatedDevice> devices;
  private final Workload workload;
  private final SimulatedMemory[] memories;
  private final List<ArrayDeque<Run>> queues = new ArrayList<>();
  private final List<Set<Run>> running = new ArrayList<>();
  private final double[] inFree;
  private final double[] outFree;
  private final boolean[] dead;
  private final Set<Chunk> ran = new HashSet<>();
  private final PriorityQueue<Timed> events =
      new PriorityQueue<>(Comparator.comparingDouble(Timed::at).thenComparingLong(Timed::order));
  private boolean limited = true;
  private long order;
  private double now;
  private boolean finished;
  private Instruction.@Nullable Failure failure;

  SimulatedMachine(Plan plan, List<SimulatedDevice> devices) {
    this(plan, devices, ChunkHomes.ON_HOST);
  }

  /** A machine where earlier jobs have left persisted arrays. */
  SimulatedMachine(Plan plan, List<SimulatedDevice> devices, ChunkHomes homes) {
    this.plan = plan;
    this.homes = homes;
    this.devices = devices;
    this.workload = new Workload(plan.graph().stages());
    this.scheduler =
        new DeviceScheduler(plan, devices.stream().map(SimulatedDevice::place).toList(), homes);
    this.memories = new SimulatedMemory[devices.size()];
    this.inFree = new double[devices.size()];
    this.outFree = new double[devices.size()];
    this.dead = new boolean[devices.size()];
    this.tasks = new int[devices.size()];
    for (int device = 0; device < memories.length; device++) {
      memories[device] = new SimulatedMemory();
      queues.add(new ArrayDeque<>());
      running.add(new HashSet<>());
      double failsAt = devices.get(device).failsAt();
      if (failsAt < Double.POSITIVE_INFINITY) {
        int lost = device;
        later(
            failsAt,
            -1,
            new DeviceEvent.DeviceFailed(device, (long) failsAt, new IllegalStateException("lost")),
            () -> die(lost));
      }
    }
    for (ArrayDef array : plan.graph().arrays()) {
      for (long chunk = 0; array.isGiven() && chunk < array.grid().count(); chunk++) {
        memories[homes.place(array.id(), chunk)].uses.put(new Chunk(array.id(), chunk), 0);
      }
    }
  }

  /** Runs to the end; the answer is the makespan in nanoseconds. */
  double run() {
    heard.add(new JobEvent.Planned(1, 0, plan.graph().stages(), plan.tasks(), 0, 0, 0));
    take(new DeviceEvent.Started(0));
    while (!finished) {
      Timed next = events.poll();
      assertThat(next).as("something must be going on until the job is over").isNotNull();
      if (next.device >= 0 && dead[next.device]) {
        continue;
      }
      now = Math.max(now, next.at);
      next.effect.run();
      take(next.event);
    }
    assertThat(scheduler.handle(new DeviceEvent.Cancelled((long) now))).isEmpty();
    heard.add(new JobEvent.Finished(1, (long) now, failure == null ? null : failure.cause()));
    return now;
  }

  /** Why the job has failed, or null. */
  Instruction.@Nullable Failure failure() {
    return failure;
  }

  long peak(int device) {
    return memories[device].peak;
  }

  /**
   * After a job that went well: all that one device would run has run, results are on the host,
   * nothing else is left.
   */
  void checkEnd() {
    assertThat(failure).isNull();
    assertThat(ran).hasSize(wanted());
    Set<Chunk> resident = new HashSet<>();
    for (int device = 0; device < memories.length; device++) {
      boolean host = device == Place.HOST;
      long left = 0;
      for (Chunk chunk : memories[device].uses.keySet()) {
        Storage storage = plan.graph().arrays().get(chunk.array()).storage();
        boolean stays = storage == Storage.RESIDENT;
        assertThat(stays || host && (storage == Storage.DENSE || storage == Storage.EXTERNAL))
            .as("%s is left on device %d", chunk, device)
            .isTrue();
        left += stays ? bytes(chunk, device) : 0;
        if (stays) {
          assertThat(resident.add(chunk)).as("%s is on one device only", chunk).isTrue();
        }
      }
      assertThat(memories[device].bytes).isEqualTo(left);
    }
    for (ArrayDef array : plan.graph().results()) {
      ArrayDef memory = array.alias() == null ? array : array.alias();
      for (long chunk = 0;
          memory.storage() == Storage.DENSE && chunk < memory.grid().count();
          chunk++) {
        assertThat(memories[Place.HOST].uses).containsKey(new Chunk(memory.id(), chunk));
      }
      for (long chunk = 0;
          memory.storage() == Storage.RESIDENT && chunk < memory.grid().count();
          chunk++) {
        assertThat(resident).contains(new Chunk(memory.id(), chunk));
      }
    }
  }

  /** Number of tasks that the scheduler of one device runs. */
  int wanted() {
    Simulation one = new Simulation(plan, Long.MAX_VALUE).start(1).toTheEnd();
    return (int) one.log.stream().filter(line -> line.startsWith("run")).count();
  }

  private void later(double at, int device, DeviceEvent event, Runnable effect) {
    events.add(new Timed(at, order++, device, event, effect));
  }

  private void take(DeviceEvent event) {
    for (DeviceInstruction instruction : scheduler.handle(event)) {
      assertThat(finished).isFalse();
      switch (instruction) {
        case Run run -> {
          log.add("run %d/%d on %d".formatted(run.stage(), run.chunk(), run.device()));
          reasons.add(run.reason());
          queues.get(run.device()).add(run);
          begin(run.device());
        }
        case Copy copy -> copy(copy);
        case Free free -> {
          log.add("free a%d/%d on %d".formatted(free.array(), free.chunk(), free.device()));
          free(new Chunk(free.array(), free.chunk()), free.device());
        }
        case DeviceInstruction.Finish(var reason) -> {
          finished = true;
          failure = reason;
          log.add(reason == null ? "finish" : reason.isCancelled() ? "cancelled" : "failed");
        }
      }
    }
  }

  private String name(int device) {
    return devices.get(device).place().name();
  }

  private long bytes(Chunk chunk, int device) {
    ArrayDef array = plan.graph().arrays().get(chunk.array());
    boolean kept = array.storage() == Storage.DENSE || array.storage() == Storage.EXTERNAL;
    boolean lent =
        array.isGiven()
            && array.storage() == Storage.RESIDENT
            && homes.place(chunk.array(), chunk.chunk()) == device;
    return lent || device == Place.HOST && kept ? 0 : array.chunkBytes(chunk.chunk());
  }

  private void allocate(int device, long bytes) {
    SimulatedMemory memory = memories[device];
    memory.bytes += bytes;
    memory.peak = Math.max(memory.peak, memory.bytes);
    if (limited || device != Place.HOST) {
      assertThat(memory.bytes)
          .as("bytes on %s", name(device))
          .isLessThanOrEqualTo(devices.get(device).place().memoryLimit());
    }
  }

  /** The host may be asked for more than it has, as a last resort. */
  SimulatedMachine withoutHostLimit() {
    limited = false;
    return this;
  }

  private void use(Chunk chunk, int device, int change) {
    Integer uses = memories[device].uses.get(chunk);
    assertThat(uses).as("%s must be on device %d\n%s", chunk, device, log).isNotNull();
    memories[device].uses.put(chunk, uses + change);
  }

  private void free(Chunk chunk, int device) {
    assertThat(memories[device].uses.remove(chunk))
        .as("%s freed on device %d must be there and unused\n%s", chunk, device, log)
        .isEqualTo(0);
    memories[device].bytes -= bytes(chunk, device);
  }

  private Set<Chunk> reads(Run run) {
    Set<Chunk> reads = new HashSet<>();
    plan.sources(run.stage(), run.chunk(), (array, chunk) -> reads.add(new Chunk(array, chunk)));
    plan.dependencies(
        run.stage(),
        run.chunk(),
        (array, chunk, stage, task) -> {
          long number = chunk;
          if (number < 0) {
            long[] own = {-1};
            plan.writes(stage, task, (made, place) -> own[0] = made == array ? place : own[0]);
            number = own[0];
          }
          reads.add(new Chunk(array, number));
        });
    return reads;
  }

  private void begin(int device) {
    ArrayDeque<Run> queue = queues.get(device);
    while (running.get(device).size() < devices.get(device).place().slots() && !queue.isEmpty()) {
      Run run = queue.remove();
      running.get(device).add(run);
      reads(run).forEach(chunk -> use(chunk, device, 1));
      List<Chunk> made = new ArrayList<>();
      plan.writes(
          run.stage(),
          run.chunk(),
          (array, chunk) -> {
            Chunk own = new Chunk(array, chunk);
            allocate(device, bytes(own, device));
            made.add(own);
          });
      long temporary =
          device == Place.HOST
              ? plan.bytesTemporary(run.stage(), run.chunk())
              : plan.bytesAssembled(run.stage(), run.chunk());
      allocate(device, temporary);
      heard.add(
          new JobEvent.TaskStarted(
              1, (long) now, run.stage(), run.chunk(), name(device), run.reason()));
      double end = devices.get(device).end(workload.of(run.stage(), run.chunk()), now);
      later(
          end,
          device,
          new DeviceEvent.TaskDone(
              run.stage(), run.chunk(), device, (long) end, (long) (end - now)),
          () -> {
            heard.add(
                new JobEvent.TaskFinished(1, (long) end, run.stage(), run.chunk(), name(device)));
            running.get(device).remove(run);
            reads(run).forEach(chunk -> use(chunk, device, -1));
            made.forEach(chunk -> keep(chunk, device));
            memories[device].bytes -= temporary;
            tasks[device]++;
            ran.add(new Chunk(run.stage(), run.chunk()));
            begin(device);
          });
    }
  }

  /** A chunk that is there or on its way stays; the new one is dropped. */
  private void keep(Chunk chunk, int device) {
    SimulatedMemory memory = memories[device];
    if (memory.uses.containsKey(chunk) || memory.coming.contains(chunk)) {
      memory.bytes -= bytes(chunk, device);
    } else {
      memory.uses.put(chunk, 0);
    }
  }

  private void copy(Copy copy) {
    log.add(
        "copy a%d/%d from %d to %d".formatted(copy.array(), copy.chunk(), copy.from(), copy.to()));
    Chunk chunk = new Chunk(copy.array(), copy.chunk());
    assertThat(copy.from() == Place.HOST).isNotEqualTo(copy.to() == Place.HOST);
    assertThat(memories[copy.to()].uses).doesNotContainKey(chunk);
    use(chunk, copy.from(), 1);
    assertThat(memories[copy.to()].coming.add(chunk)).isTrue();
    allocate(copy.to(), bytes(chunk, copy.to()));
    boolean in = copy.from() == Place.HOST;
    int far = in ? copy.to() : copy.from();
    SimulatedDevice device = devices.get(far);
    double[] free = in ? inFree : outFree;
    long bytes = plan.graph().arrays().get(chunk.array()).chunkBytes(chunk.chunk());
    copiedBytes[in ? 0 : 1] += bytes;
    double took = in ? device.in(bytes) : device.out(bytes);
    double end = Math.max(now, free[far]) + took;
    free[far] = end;
    heard.add(
        new JobEvent.CopyStarted(
            1,
            (long) now,
            copy.array(),
            copy.chunk(),
            name(copy.from()),
            name(copy.to()),
            !in,
            bytes));
    later(
        end,
        far,
        new DeviceEvent.CopyDone(
            copy.array(), copy.chunk(), copy.from(), copy.to(), (long) end, (long) took),
        () -> {
          heard.add(
              new JobEvent.CopyFinished(
                  1,
                  (long) end,
                  copy.array(),
                  copy.chunk(),
                  name(copy.from()),
                  name(copy.to()),
                  !in,
                  bytes,
                  (long) took,
                  null));
          use(chunk, copy.from(), -1);
          memories[copy.to()].coming.remove(chunk);
          assertThat(memories[copy.to()].uses.put(chunk, 0)).isNull();
        });
  }

  /** Everything of the device is gone; the host's sides of its copies are given back. */
  private void die(int device) {
    dead[device] = true;
    heard.add(
        new JobEvent.DeviceLost(
            1, (long) now, name(device), new IllegalStateException("simulated loss")));
    for (Timed event : events) {
      if (event.device == device && event.event instanceof DeviceEvent.CopyDone copy) {
        Chunk chunk = new Chunk(copy.array(), copy.chunk());
        if (copy.from() == Place.HOST) {
          use(chunk, Place.HOST, -1);
        } else {
          memories[Place.HOST].coming.remove(chunk);
          memories[Place.HOST].bytes -= bytes(chunk, Place.HOST);
        }
      }
    }
    memories[device] = new SimulatedMemory();
    queues.get(device).clear();
    running.get(device).clear();
  }

  @Override
  public String toString() {
    return "%d instructions, tasks per device %s".formatted(log.size(), Arrays.toString(tasks));
  }
}
