package dev.weft.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.event.JobEvent;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.ArrayDef.Storage;
import dev.weft.core.place.Place;
import dev.weft.core.place.Placement;
import dev.weft.core.plan.Plan;
import dev.weft.core.plan.PlannedTasks;
import dev.weft.core.plan.TaskWork;
import dev.weft.core.schedule.Instruction.Copy;
import dev.weft.core.schedule.Instruction.Free;
import dev.weft.core.schedule.Instruction.Run;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
public final class SimulatedMachine {
  private record Timed(double at, long order, int device, Event event, Runnable effect) {}

  final List<String> log = new ArrayList<>();
  final List<Placement> reasons = new ArrayList<>();

  /** What a listener of a session with such devices would hear. */
  public final List<JobEvent> heard = new ArrayList<>();

  final int[] tasks;
  final long[] copiedBytes = new long[2];
  final Scheduler scheduler;

  /** Where chunks lie that are there before the job. */
  @FunctionalInterface
  interface Homes {
    int place(int array, long chunk);
  }

  private final Plan plan;
  private final PlannedTasks graph;
  private final Homes homes;
  private final List<SimulatedDevice> devices;
  private final SimulatedMemory[] memories;
  private final List<ArrayDeque<Run>> queues = new ArrayList<>();
  private final List<Set<Run>> running = new ArrayList<>();
  private final double[] inFree;
  private final double[] outFree;
  private final boolean[] dead;
  private final Set<Integer> ran = new HashSet<>();
  private final PriorityQueue<Timed> events =
      new PriorityQueue<>(Comparator.comparingDouble(Timed::at).thenComparingLong(Timed::order));
  private boolean limited = true;
  private long order;
  private double now;
  private boolean finished;
  private Instruction.@Nullable Failure failure;

  public SimulatedMachine(Plan plan, List<SimulatedDevice> devices) {
    this(plan, devices, (array, chunk) -> Place.HOST);
  }

  /** A machine where earlier jobs have left persisted arrays. */
  SimulatedMachine(Plan plan, List<SimulatedDevice> devices, Homes homes) {
    this.plan = plan;
    this.graph = new PlannedTasks(plan, true);
    this.homes = homes;
    this.devices = devices;
    this.scheduler =
        new Scheduler(
            graph,
            devices.stream().map(SimulatedDevice::place).toList(),
            item -> homes.place(graph.array(item).id(), graph.chunkOf(item)));
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
            new Event.PlaceLost(device, (long) failsAt, new IllegalStateException("lost")),
            () -> die(lost));
      }
    }
    for (ArrayDef array : plan.graph().arrays()) {
      for (long chunk = 0; array.isGiven() && chunk < array.grid().count(); chunk++) {
        memories[homes.place(array.id(), chunk)].uses.put(graph.item(array, chunk), 0);
      }
    }
  }

  /** Runs to the end; the answer is the makespan in nanoseconds. */
  public double run() {
    heard.add(new JobEvent.Planned(1, 0, plan.graph().stages(), plan.tasks(), 0, 0, 0));
    take(new Event.Started(0));
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
    assertThat(scheduler.handle(new Event.Cancelled((long) now))).isEmpty();
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
  public void checkEnd() {
    assertThat(failure).isNull();
    assertThat(ran).hasSize(wanted());
    EndState.check(graph, memories, this::isWhole, this::bytes);
  }

  /** A scheduler over a plan whose sources are on the host. */
  static Scheduler scheduler(Plan plan, List<Place> places) {
    return new Scheduler(new PlannedTasks(plan, true), places, ItemHomes.ON_HOST);
  }

  /** Number of tasks that a host alone runs. */
  int wanted() {
    return HostAlone.wanted(plan);
  }

  private boolean isWhole(int item) {
    return item >= graph.items() - (graph.kinds() - plan.graph().stages().size());
  }

  private void later(double at, int device, Event event, Runnable effect) {
    events.add(new Timed(at, order++, device, event, effect));
  }

  private void take(Event event) {
    for (Instruction instruction : scheduler.handle(event)) {
      assertThat(finished).isFalse();
      switch (instruction) {
        case Run run -> {
          for (int task = run.task(); task < run.task() + run.count(); task++) {
            if (!graph.isWait(task)) {
              log.add(
                  "run %d/%d on %d".formatted(graph.kind(task), graph.chunk(task), run.place()));
              if (run.reason() != null) {
                reasons.add(run.reason());
              }
            }
          }
          queues.get(run.place()).add(run);
          begin(run.place());
        }
        case Copy copy -> copy(copy);
        case Free free -> {
          log.add("free %s on %d".formatted(HostAlone.name(graph, free.item()), free.place()));
          free(free.item(), free.place());
        }
        case Instruction.Finish(var reason) -> {
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

  private long bytes(int chunk, int device) {
    if (isWhole(chunk)) {
      return 0;
    }
    ArrayDef array = graph.array(chunk);
    boolean kept = array.storage() == Storage.DENSE || array.storage() == Storage.EXTERNAL;
    boolean lent =
        array.isGiven()
            && array.storage() == Storage.RESIDENT
            && homes.place(array.id(), graph.chunkOf(chunk)) == device;
    return lent || device == Place.HOST && kept ? 0 : array.chunkBytes(graph.chunkOf(chunk));
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

  private void use(int chunk, int device, int change) {
    Integer uses = memories[device].uses.get(chunk);
    assertThat(uses).as("%s must be on device %d\n%s", chunk, device, log).isNotNull();
    memories[device].uses.put(chunk, uses + change);
  }

  private void free(int chunk, int device) {
    assertThat(memories[device].uses.remove(chunk))
        .as("%s freed on device %d must be there and unused\n%s", chunk, device, log)
        .isEqualTo(0);
    memories[device].bytes -= bytes(chunk, device);
  }

  private Set<Integer> reads(Run run) {
    Set<Integer> reads = new HashSet<>();
    for (int task = run.task(); task < run.task() + run.count(); task++) {
      graph.reads(task, reads::add);
    }
    return reads;
  }

  private void begin(int device) {
    ArrayDeque<Run> queue = queues.get(device);
    while (running.get(device).size() < devices.get(device).place().slots() && !queue.isEmpty()) {
      Run run = queue.remove();
      running.get(device).add(run);
      reads(run).forEach(chunk -> use(chunk, device, 1));
      List<Integer> made = new ArrayList<>();
      long scratch = 0;
      TaskWork sum = new TaskWork(0, 0);
      for (int task = run.task(); task < run.task() + run.count(); task++) {
        graph.writes(
            task,
            item -> {
              allocate(device, bytes(item, device));
              made.add(item);
            });
        scratch += graph.scratch(task, device == Place.HOST);
        sum =
            new TaskWork(
                sum.bytes() + graph.traffic(task), sum.additions() + graph.additions(task));
      }
      long temporary = scratch;
      allocate(device, temporary);
      if (graph.isWait(run.task())) {
        later(
            now,
            device,
            new Event.TaskDone(run.task(), device, (long) now, 1),
            () -> end(run, device, made, temporary));
        continue;
      }
      int stage = graph.kind(run.task());
      long chunk = graph.chunk(run.task());
      heard.add(
          new JobEvent.TaskStarted(
              1, (long) now, stage, chunk, run.count(), name(device), run.reason()));
      double from = now;
      double end = devices.get(device).end(sum, from);
      later(
          end,
          device,
          new Event.TaskDone(run.task(), device, (long) end, (long) (end - from)),
          () -> {
            heard.add(
                new JobEvent.TaskFinished(
                    1, (long) end, stage, chunk, run.count(), name(device), (long) (end - from)));
            for (int task = run.task(); task < run.task() + run.count(); task++) {
              tasks[device]++;
              ran.add(task);
            }
            end(run, device, made, temporary);
          });
    }
  }

  private void end(Run run, int device, List<Integer> made, long temporary) {
    running.get(device).remove(run);
    reads(run).forEach(chunk -> use(chunk, device, -1));
    made.forEach(chunk -> keep(chunk, device));
    memories[device].bytes -= temporary;
    begin(device);
  }

  /** A chunk that is there or on its way stays; the new one is dropped. */
  private void keep(int chunk, int device) {
    SimulatedMemory memory = memories[device];
    if (memory.uses.containsKey(chunk) || memory.coming.contains(chunk)) {
      memory.bytes -= bytes(chunk, device);
    } else {
      memory.uses.put(chunk, 0);
    }
  }

  private void copy(Copy copy) {
    log.add(
        "copy %s from %d to %d"
            .formatted(HostAlone.name(graph, copy.item()), copy.from(), copy.to()));
    int chunk = copy.item();
    ArrayDef array = graph.array(chunk);
    assertThat(copy.from() == Place.HOST).isNotEqualTo(copy.to() == Place.HOST);
    assertThat(memories[copy.to()].uses).doesNotContainKey(chunk);
    use(chunk, copy.from(), 1);
    assertThat(memories[copy.to()].coming.add(chunk)).isTrue();
    allocate(copy.to(), bytes(chunk, copy.to()));
    boolean in = copy.from() == Place.HOST;
    int far = in ? copy.to() : copy.from();
    SimulatedDevice device = devices.get(far);
    double[] free = in ? inFree : outFree;
    long bytes = array.chunkBytes(graph.chunkOf(chunk));
    copiedBytes[in ? 0 : 1] += bytes;
    double took = in ? device.in(bytes) : device.out(bytes);
    double end = Math.max(now, free[far]) + took;
    free[far] = end;
    heard.add(
        new JobEvent.CopyStarted(
            1,
            (long) now,
            array.id(),
            graph.chunkOf(chunk),
            name(copy.from()),
            name(copy.to()),
            !in,
            bytes));
    later(
        end,
        far,
        new Event.CopyDone(copy.item(), copy.from(), copy.to(), (long) end, (long) took),
        () -> {
          heard.add(
              new JobEvent.CopyFinished(
                  1,
                  (long) end,
                  array.id(),
                  graph.chunkOf(chunk),
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
      if (event.device == device && event.event instanceof Event.CopyDone copy) {
        int chunk = copy.item();
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
}
