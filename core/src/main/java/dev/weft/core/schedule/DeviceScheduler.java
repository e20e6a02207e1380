package dev.weft.core.schedule;

import dev.weft.core.error.ArrayLostException;
import dev.weft.core.error.DeviceException;
import dev.weft.core.place.CostModel;
import dev.weft.core.place.Place;
import dev.weft.core.place.Placement;
import dev.weft.core.place.Workload;
import dev.weft.core.plan.Plan;
import dev.weft.core.schedule.Instruction.Failure;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which task runs next on which of several devices, which chunks move, and when. A pure
 * state machine like {@link Scheduler}, which is all that a single device needs. Tasks get their
 * places late, by the earliest end that transfers allow; a device's memory is kept by least future
 * use; what a lost device held or was doing is done elsewhere.
 */
public final class DeviceScheduler {
  private final Plan plan;
  private final List<Place> places;
  private final TaskTable table;
  private final Progress progress;
  private final Residency residency;
  private final Transfers transfers;
  private final Eviction eviction;
  private final PlaceQueue[] queues;
  private final TaskCosts costs;
  private final Placer placer;
  private List<DeviceInstruction> instructions = new ArrayList<>();
  private double now;
  private boolean roomLacked;
  private boolean finished;
  private @Nullable Throwable loss;
  private @Nullable Failure failure;

  /** A scheduler for one run of a plan that finds everything on the host. */
  public DeviceScheduler(Plan plan, List<Place> places) {
    this(plan, places, ChunkHomes.ON_HOST);
  }

  /**
   * A scheduler for one run of a plan.
   *
   * @param places the devices, the host first
   */
  public DeviceScheduler(Plan plan, List<Place> places, ChunkHomes homes) {
    if (places.isEmpty() || places.size() > Integer.SIZE - 1) {
      throw new IllegalArgumentException(
          "a plan runs on 1 to 31 places, the host first, not on " + places.size());
    }
    this.plan = plan;
    this.places = List.copyOf(places);
    this.table = new TaskTable(plan);
    this.progress = new Progress(table);
    this.residency = new Residency(table, places, homes);
    CostModel model = new CostModel(places, plan.graph().stages().size());
    this.transfers = new Transfers(table, residency, model, places.size());
    this.eviction = new Eviction(table, progress, residency, transfers, places.size());
    this.queues = new PlaceQueue[places.size()];
    for (int place = 0; place < queues.length; place++) {
      queues[place] = new PlaceQueue(places.get(place).slots());
    }
    Workload workload = new Workload(plan.graph().stages());
    this.costs = new TaskCosts(table, workload, residency, transfers, queues, this.places, model);
    this.placer = new Placer(table, progress, costs, queues, this.places);
  }

  /** Takes in what happened and says what to do now, in order. */
  public List<DeviceInstruction> handle(DeviceEvent event) {
    instructions = new ArrayList<>();
    now = Math.max(now, event.nanos());
    boolean opens = true;
    switch (event) {
      case DeviceEvent.Started started -> {}
      case DeviceEvent.TaskDone done -> done(done);
      case DeviceEvent.TaskFailed failed -> failed(failed);
      case DeviceEvent.TaskRefused refused -> refused(refused);
      case DeviceEvent.CopyDone copied -> opens = copied(copied);
      case DeviceEvent.CopyFailed missing -> copyFailed(missing);
      case DeviceEvent.DeviceFailed lost -> lost(lost.device(), lost.cause());
      case DeviceEvent.Failed failed -> stop(new Failure(-1, -1, failed.cause()));
      case DeviceEvent.Cancelled cancelled -> stop(new Failure(-1, -1, null));
    }
    if (opens || roomLacked || isIdle()) {
      dispatch();
    }
    finish();
    return instructions;
  }

  /** Most bytes that chunks and copies of operands took together on a device so far. */
  public long peak(int device) {
    return residency.peak(device);
  }

  /** Only the first reason counts. */
  private void stop(Failure reason) {
    if (failure == null && !finished) {
      failure = reason;
    }
  }

  private void done(DeviceEvent.TaskDone event) {
    int task = table.task(event.stage(), event.chunk());
    int place = event.device();
    PlaceQueue.Assigned ended = queues[place].end(task, now);
    if (ended == null) {
      return;
    }
    costs.ran(task, place, event.took());
    residency.take(place, -ended.reserved);
    progress.done(task);
    for (int i = table.writes().start(task); i < table.writes().end(task); i++) {
      made(table.writes().at(i), place);
    }
    for (int i = table.reads().start(task); i < table.reads().end(task); i++) {
      int item = table.reads().at(i);
      residency.unpin(item, place);
      progress.oneLess(item);
      eviction.settle(item, places.size(), instructions);
    }
    start(place);
  }

  private void made(int item, int place) {
    if (residency.isArriving(item, place)) {
      return;
    }
    boolean first = residency.isNowhere(item);
    if (!residency.has(item, place)) {
      residency.take(place, residency.bytes(item, place));
    }
    residency.arrived(item, place);
    if (first) {
      progress.made(item);
    }
    if (failure == null
        && table.isHostBound(item)
        && !residency.has(item, Place.HOST)
        && !residency.isArriving(item, Place.HOST)
        && costs.hasRoomAtHome(item)) {
      transfers.bring(item, Place.HOST, now, instructions);
    }
    eviction.settle(item, places.size(), instructions);
  }

  private void failed(DeviceEvent.TaskFailed event) {
    int task = table.task(event.stage(), event.chunk());
    PlaceQueue.Assigned ended = queues[event.device()].end(task, now);
    if (ended != null) {
      release(ended, event.device());
      stop(new Failure(event.stage(), event.chunk(), event.cause()));
    }
  }

  private void refused(DeviceEvent.TaskRefused event) {
    int task = table.task(event.stage(), event.chunk());
    PlaceQueue.Assigned ended = queues[event.device()].end(task, now);
    if (ended != null) {
      release(ended, event.device());
      loss = loss == null ? event.cause() : loss;
      costs.bar(task, event.device());
      start(event.device());
    }
  }

  /** Takes a task back from its place. */
  private void release(PlaceQueue.Assigned task, int place) {
    queues[place].remove(task);
    residency.take(place, -task.reserved);
    for (int i = table.reads().start(task.task); i < table.reads().end(task.task); i++) {
      residency.unpin(table.reads().at(i), place);
    }
    progress.unassigned(task.task);
  }

  /** Whether a queue may take more after it. */
  private boolean copied(DeviceEvent.CopyDone event) {
    int item = table.item(event.array(), event.chunk());
    int to = event.to();
    if (!transfers.ended(item, event.from(), to, now, instructions)) {
      return false;
    }
    costs.copied(item, event.from(), to, event.took());
    boolean opens = false;
    for (PlaceQueue.Assigned task : queues[to].copying()) {
      if (table.isRead(item, task.task) && --task.lacking == 0) {
        queues[to].complete(task);
        opens = true;
      }
    }
    eviction.settle(item, places.size(), instructions);
    start(to);
    return opens;
  }

  private void copyFailed(DeviceEvent.CopyFailed event) {
    int item = table.item(event.array(), event.chunk());
    int to = event.to();
    if (!transfers.failed(item, event.from(), to, now)) {
      return;
    }
    loss = loss == null ? event.cause() : loss;
    for (PlaceQueue.Assigned task : queues[to].copying()) {
      if (table.isRead(item, task.task)) {
        release(task, to);
        costs.bar(task.task, to);
        if (event.everywhere()) {
          stop(new Failure(table.stage(task.task), table.chunk(task.task), event.cause()));
        }
      }
    }
    if (event.everywhere()) {
      stop(new Failure(-1, -1, event.cause()));
    }
    eviction.settle(item, places.size(), instructions);
  }

  private void lost(int place, Throwable cause) {
    if (place == Place.HOST) {
      stop(new Failure(-1, -1, cause));
      return;
    }
    loss = cause;
    costs.lose(place);
    for (PlaceQueue.Assigned task : queues[place].all()) {
      progress.unassigned(task.task);
    }
    queues[place].clear();
    transfers.lose(place, now);
    BitSet gone = residency.lose(place);
    eviction.lose(place);
    for (int other = 0; other < queues.length; other++) {
      for (PlaceQueue.Assigned task : queues[other].copying()) {
        if (residency.waitsInVain(task.task, other)) {
          release(task, other);
        }
      }
    }
    gone.stream().forEach(progress::lost);
    gone.stream()
        .filter(item -> progress.isReadAgain(item) || table.isWantedAtEnd(item))
        .forEach(this::makeAgain);
  }

  /** Runs the task that made an item once more, after those that made what it reads. */
  private void makeAgain(int lostItem) {
    BitSet open = new BitSet();
    open.set(lostItem);
    for (int item = lostItem; item >= 0; item = open.nextSetBit(0)) {
      open.clear(item);
      int task = table.producer(item);
      if (task < 0) {
        String home = places.get(residency.home(item)).name();
        stop(new Failure(-1, -1, new ArrayLostException(table.describe(item), home, loss)));
        return;
      }
      if (!progress.isDone(task)) {
        continue;
      }
      int missing = 0;
      for (int i = table.reads().start(task); i < table.reads().end(task); i++) {
        int read = table.reads().at(i);
        if (residency.isNowhere(read)) {
          missing++;
          open.set(read);
        }
      }
      progress.revive(task, missing);
    }
  }

  private void dispatch() {
    roomLacked = false;
    boolean more = true;
    while (more && failure == null && progress.readyCount() > 0) {
      more = false;
      if (!isAnyOpen()) {
        return;
      }
      placer.look(now);
      for (int place = places.size() - 1; place >= 0 && !more; place--) {
        Placer.Choice choice = placer.choose(place, this::hasRoom);
        if (choice != null) {
          assign(choice.task(), place, choice.reason());
          more = true;
        }
      }
    }
    if (failure == null && progress.readyCount() > 0 && isIdle()) {
      force(progress.ready().nextSetBit(0));
    }
  }

  private boolean isAnyOpen() {
    for (int place = 0; place < queues.length; place++) {
      boolean open = queues[place].takesResident() || queues[place].takesCopying();
      if (open && costs.isAlive(place)) {
        return true;
      }
    }
    return false;
  }

  private boolean isIdle() {
    for (PlaceQueue queue : queues) {
      if (!queue.isEmpty()) {
        return false;
      }
    }
    return transfers.isIdle();
  }

  private boolean hasRoom(int task, int place) {
    boolean urgent = queues[place].isEmpty();
    long room = costs.room(task, place) + (place == Place.HOST ? costs.keptFree(task) : 0);
    return eviction.makeRoom(place, room, task, task, urgent, now, instructions);
  }

  /** Nothing is going on and no place has room: evicts all that can be, or passes a limit. */
  private void force(int task) {
    Integer best = placer.lastResort(task);
    if (best == null) {
      String stage = plan.graph().stages().get(table.stage(task)).label();
      stop(
          new Failure(
              table.stage(task),
              table.chunk(task),
              new DeviceException(
                  "no device is left that can run '%s', which needs %,d bytes; use smaller chunks or a higher memory limit"
                      .formatted(stage, costs.room(task, Place.HOST)),
                  loss)));
      return;
    }
    int place = best;
    long room = costs.room(task, place);
    if (!eviction.makeRoom(place, room, task, -1, true, now, instructions)) {
      if (!transfers.isIdle()) {
        return;
      }
      place = costs.isUsable(Place.HOST) ? Place.HOST : place;
    }
    assign(task, place, placer.lastReason(task, place));
  }

  private void assign(int task, int place, Placement reason) {
    long reserved = costs.own(task, place);
    residency.take(place, reserved);
    progress.assigned(task);
    PlaceQueue.Assigned assigned = new PlaceQueue.Assigned(task, reason, reserved);
    for (int i = table.reads().start(task); i < table.reads().end(task); i++) {
      int item = table.reads().at(i);
      residency.pin(item, place);
      eviction.keep(item, place);
      if (!residency.has(item, place)) {
        assigned.lacking++;
        if (!residency.isArriving(item, place)) {
          transfers.bring(item, place, now, instructions);
        }
      }
    }
    queues[place].add(assigned);
    start(place);
  }

  private void start(int place) {
    while (failure == null) {
      PlaceQueue.Assigned next = queues[place].start(now);
      if (next == null) {
        return;
      }
      instructions.add(
          new DeviceInstruction.Run(
              table.stage(next.task), table.chunk(next.task), place, next.reason));
    }
  }

  private void finish() {
    int running = 0;
    for (PlaceQueue queue : queues) {
      running += queue.started();
    }
    boolean over = failure != null || progress.isComplete();
    if (over && running == 0 && transfers.isIdle() && !finished) {
      finished = true;
      instructions.add(new DeviceInstruction.Finish(failure));
    }
  }
}
