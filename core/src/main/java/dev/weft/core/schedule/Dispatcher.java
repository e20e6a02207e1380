package dev.weft.core.schedule;

import dev.weft.core.error.DeviceException;
import dev.weft.core.place.Place;
import dev.weft.core.place.Placement;
import dev.weft.core.schedule.Instruction.Failure;
import dev.weft.core.schedule.PlaceQueue.Assigned;
import org.jspecify.annotations.Nullable;

/** Gives tasks to places, as the policy says and as there is room, and starts them. */
final class Dispatcher {
  /** Tasks that wait for others while something is going on: more are not listed until it ends. */
  private static final int MOST_WAITING = 1 << 16;

  private final Board board;
  private final Policy policy;
  private final Slabs slabs;
  private final Runnable wake;
  private boolean working;
  private boolean waiting;
  private boolean closed;

  Dispatcher(Board board, Policy policy, Slabs slabs, Runnable wake) {
    this.board = board;
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
      if (board.tasks.readyCount() == 0 || !isAnyOpen()) {
        break;
      }
      policy.look(board.now());
      for (int place = board.places.size() - 1; place >= 0 && !more; place--) {
        Policy.Choice choice = policy.choose(place, this::hasRoom);
        if (choice != null) {
          assign(choice.task(), place, choice.reason());
          more = true;
        }
      }
    }
    if (board.failure() == null && board.tasks.readyCount() > 0 && board.isIdle()) {
      int task = board.tasks.ready(0);
      force(task == TaskGraph.NONE ? board.tasks.firstSetAside() : task);
    }
  }

  /** Lists tasks until as many can run as the policy wants to see. */
  private void listAhead() {
    while (board.tasks.readyCount() < policy.window()
        && (board.tasks.readyCount() == 0 && board.isIdle()
            || board.tasks.waitingCount() < MOST_WAITING)
        && board.tasks.list(policy.window())) {}
    if (board.tasks.isRecounted()) {
      for (int place = 0; place < board.places.size(); place++) {
        for (int item : board.residency.held(place).stream().toArray()) {
          board.settle(item);
        }
      }
    }
  }

  private boolean isAnyOpen() {
    for (int place = 0; place < board.queues.length; place++) {
      boolean open = board.queues[place].takesResident() || board.queues[place].takesCopying();
      if (open && board.abilities.isAlive(place) && !board.places.get(place).isDisk()) {
        return true;
      }
    }
    return false;
  }

  private boolean hasRoom(int task, int place) {
    board.residency.unmark(place);
    boolean urgent = board.queues[place].isEmpty();
    long room = board.needs.room(task, place);
    long spare = board.needs.keptFree(task, place);
    return makeRoom(task, place, room, spare, urgent)
        && hasRoomOnTheWay(task, place, urgent)
        && board.residency.mark(place, room, spare);
  }

  /** Whether the host has room for what a task of another place reads and comes over it. */
  private boolean hasRoomOnTheWay(int task, int place, boolean urgent) {
    long bytes = place == Place.HOST ? 0 : board.needs.onTheWay(task, place);
    return bytes == 0 || makeRoom(task, Place.HOST, bytes, 0, urgent);
  }

  private boolean makeRoom(int task, int place, long bytes, long spare, boolean urgent) {
    int before = board.tasks.order(task);
    return board.eviction.makeRoom(
        place, bytes, spare, task, before, urgent, board.now(), board.instructions());
  }

  /** Nothing is going on and no place has room: evicts all that can be, or passes a limit. */
  private void force(int task) {
    Integer best = policy.lastResort(task);
    if (best == null) {
      long bytes = board.needs.room(task, Place.HOST);
      Throwable loss = board.loss();
      board.stop(
          new Failure(
              task,
              new DeviceException(
                  "no device is left that can run '%s', which needs %,d bytes; use smaller chunks or a higher memory limit%s"
                      .formatted(
                          board.graph.label(board.graph.kind(task)),
                          bytes,
                          loss == null ? "" : ". Before that: " + loss.getMessage()),
                  loss)));
      return;
    }
    int place = best;
    long room = board.needs.room(task, place);
    boolean made =
        board.eviction.makeRoom(place, room, 0, task, -1, true, board.now(), board.instructions());
    if (!made || !board.residency.mark(place, room, 0)) {
      if (!board.transfers.isIdle()) {
        return;
      }
      setWorking(false);
      waiting = board.residency.await(place, wake);
      if (waiting) {
        return;
      }
      place = board.abilities.isUsable(Place.HOST) ? Place.HOST : place;
    }
    assign(task, place, policy.lastReason(task, place));
  }

  /** Gives a place to a task, and to those after it that may be started with it. */
  private void assign(int task, int place, @Nullable Placement reason) {
    int count = slabs.count(task, place);
    long reserved = 0;
    int lacking = 0;
    for (int next = task; next < task + count; next++) {
      long own = board.needs.own(next, place);
      board.residency.take(place, own);
      reserved += own;
      board.tasks.assigned(next);
      for (int i = board.tasks.readsStart(next); i < board.tasks.readsEnd(next); i++) {
        int item = board.tasks.read(i);
        board.residency.pin(item, place);
        board.eviction.keep(item, place);
        if (!board.residency.has(item, place) && !board.residency.takeKept(item, place)) {
          lacking++;
          if (!board.residency.isArriving(item, place)) {
            board.bring(item, place);
          }
        }
      }
    }
    board.residency.unmark(place);
    Assigned work =
        new Assigned(task, count, reason, reserved, board.graph.holdsSlot(board.graph.kind(task)));
    work.lacking = lacking;
    board.queues[place].add(work);
    start(place);
  }

  /** Starts what is given to a place and has all that it reads. */
  void start(int place) {
    while (board.failure() == null) {
      Assigned next = board.queues[place].start(board.now());
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
      board.residency.working(now);
    }
  }
}
