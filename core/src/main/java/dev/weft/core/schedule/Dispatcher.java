package dev.weft.core.schedule;

import dev.weft.core.error.DeviceException;
import dev.weft.core.place.Place;
import dev.weft.core.place.Placement;
import dev.weft.core.schedule.Instruction.Failure;
import dev.weft.core.schedule.PlaceQueue.Assigned;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives tasks to places, as the policy says and as there is room, and starts them. */
final class Dispatcher {
  /** Tasks that wait for others while something is going on: more are not listed until it ends. */
  private static final int MOST_WAITING = 1 << 16;

  private final Board board;
  private final TaskGraph graph;
  private final List<Place> places;
  private final Residency residency;
  private final Tasks tasks;
  private final Transfers transfers;
  private final Eviction eviction;
  private final PlaceQueue[] queues;
  private final Needs needs;
  private final Abilities abilities;
  private final Policy policy;
  private final Slabs slabs;
  private final Runnable wake;
  private boolean working;
  private boolean waiting;
  private boolean closed;

  Dispatcher(Board board, Policy policy, Slabs slabs, Runnable wake) {
    this.board = board;
    this.graph = board.graph;
    this.places = board.places;
    this.residency = board.residency;
    this.tasks = board.tasks;
    this.transfers = board.transfers;
    this.eviction = board.eviction;
    this.queues = board.queues;
    this.needs = board.needs;
    this.abilities = board.abilities;
    this.policy = policy;
    this.slabs = slabs;
    this.wake = wake;
    setWorking(true);
  }

  /** Gives out what can be given out now. */
  void dispatch() {
    boolean more = true;
    while (more && board.failure() == null) {
      more = false;
      listAhead();
      if (tasks.readyCount() == 0 || !isAnyOpen()) {
        break;
      }
      policy.look(board.now());
      for (int place = places.size() - 1; place >= 0 && !more; place--) {
        Policy.Choice choice = policy.choose(place, this::hasRoom);
        if (choice != null) {
          assign(choice.task(), place, choice.reason());
          more = true;
        }
      }
    }
    if (board.failure() == null && tasks.readyCount() > 0 && board.isIdle()) {
      force(tasks.ready(0));
    }
  }

  /** Lists tasks until as many can run as the policy wants to see. */
  private void listAhead() {
    while (tasks.readyCount() < policy.window()
        && (tasks.readyCount() == 0 && board.isIdle() || tasks.waitingCount() < MOST_WAITING)
        && tasks.list(policy.window())) {}
    if (tasks.isRecounted()) {
      for (int place = 0; place < places.size(); place++) {
        for (int item : residency.held(place).stream().toArray()) {
          board.settle(item);
        }
      }
    }
  }

  private boolean isAnyOpen() {
    for (int place = 0; place < queues.length; place++) {
      boolean open = queues[place].takesResident() || queues[place].takesCopying();
      if (open && abilities.isAlive(place) && !places.get(place).isDisk()) {
        return true;
      }
    }
    return false;
  }

  private boolean hasRoom(int task, int place) {
    residency.unmark(place);
    boolean urgent = queues[place].isEmpty();
    long room = needs.room(task, place);
    long spare = needs.keptFree(task, place);
    int before = tasks.order(task);
    return eviction.makeRoom(
            place, room, spare, task, before, urgent, board.now(), board.instructions())
        && residency.mark(place, room, spare);
  }

  /** Nothing is going on and no place has room: evicts all that can be, or passes a limit. */
  private void force(int task) {
    Integer best = policy.lastResort(task);
    if (best == null) {
      long bytes = needs.room(task, Place.HOST);
      board.stop(
          new Failure(
              task,
              new DeviceException(
                  "no device is left that can run '%s', which needs %,d bytes; use smaller chunks or a higher memory limit"
                      .formatted(graph.label(graph.kind(task)), bytes),
                  board.loss())));
      return;
    }
    int place = best;
    long room = needs.room(task, place);
    boolean made =
        eviction.makeRoom(place, room, 0, task, -1, true, board.now(), board.instructions());
    if (!made || !residency.mark(place, room, 0)) {
      if (!transfers.isIdle()) {
        return;
      }
      setWorking(false);
      waiting = residency.await(place, wake);
      if (waiting) {
        return;
      }
      place = abilities.isUsable(Place.HOST) ? Place.HOST : place;
    }
    assign(task, place, policy.lastReason(task, place));
  }

  /** Gives a place to a task, and to those after it that may be started with it. */
  private void assign(int task, int place, @Nullable Placement reason) {
    int count = slabs.count(task, place);
    long reserved = 0;
    int lacking = 0;
    for (int next = task; next < task + count; next++) {
      long own = needs.own(next, place);
      residency.take(place, own);
      reserved += own;
      tasks.assigned(next);
      for (int i = tasks.readsStart(next); i < tasks.readsEnd(next); i++) {
        int item = tasks.read(i);
        residency.pin(item, place);
        eviction.keep(item, place);
        if (!residency.has(item, place) && !residency.takeKept(item, place)) {
          lacking++;
          if (!residency.isArriving(item, place)) {
            board.bring(item, place);
          }
        }
      }
    }
    residency.unmark(place);
    Assigned work = new Assigned(task, count, reason, reserved);
    work.lacking = lacking;
    queues[place].add(work);
    start(place);
  }

  /** Starts what is given to a place and has all that it reads. */
  void start(int place) {
    while (board.failure() == null) {
      Assigned next = queues[place].start(board.now());
      if (next == null) {
        return;
      }
      board.instructions().add(new Instruction.Run(next.task, next.count, place, next.reason));
    }
  }

  /** An event has come: whatever this job waited for may be there. */
  void stopWaiting() {
    waiting = false;
  }

  /** Until it is closed a job will give memory back, unless it waits for some itself. */
  void goOn() {
    setWorking(!waiting);
  }

  /** The job gives nothing back any more. */
  void close() {
    closed = true;
    setWorking(false);
  }

  private void setWorking(boolean goesOn) {
    boolean now = goesOn && !closed;
    if (working != now) {
      working = now;
      residency.working(now);
    }
  }
}
