package dev.weft.core.schedule;

import dev.weft.core.error.ArrayLostException;
import dev.weft.core.place.Place;
import dev.weft.core.schedule.Instruction.Failure;
import dev.weft.core.schedule.PlaceQueue.Assigned;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** What went wrong at a place is done elsewhere, and what was lost is made again. */
final class Setbacks {
  private static final int MOST_REFUSALS = 3;

  private final Board board;
  private final Policy policy;
  private final Slabs slabs;

  /** How often the host has found no memory for a task for which there should have been some. */
  private final Map<Integer, Integer> refusals = new HashMap<>();

  /** The same for an item that was to come to the host. */
  private final Map<Integer, Integer> turnedAway = new HashMap<>();

  Setbacks(Board board, Policy policy, Slabs slabs) {
    this.board = board;
    this.policy = policy;
    this.slabs = slabs;
  }

  /** A task has failed for good. */
  void failed(Event.TaskFailed event) {
    Assigned ended = board.queues[event.place()].end(event.task(), board.now());
    if (ended != null) {
      release(ended, event.place());
      board.stop(new Failure(event.failed(), event.cause()));
    }
  }

  /** A place could not run what was started as one. */
  void refused(Event.TaskRefused event) {
    int place = event.place();
    Assigned ended = board.queues[place].end(event.task(), board.now());
    if (ended != null) {
      release(ended, place);
      board.lose(event.cause());
      if (ended.count > 1) {
        slabs.refused(ended.task, place);
      } else if (place != Place.HOST
          || refusals.merge(ended.task, 1, Integer::sum) > MOST_REFUSALS) {
        board.abilities.bar(ended.task, place);
      } else {
        // Memory may be lost between blocks: more must leave than was thought.
        board.residency.shrink(place, board.needs.room(ended.task, place));
      }
    }
  }

  /** Takes tasks back from their place. */
  private void release(Assigned work, int place) {
    board.queues[place].remove(work);
    board.residency.take(place, -work.reserved);
    for (int task = work.task; task < work.task + work.count; task++) {
      board.tasks.visitReads(task, item -> board.residency.unpin(item, place));
      board.tasks.unassigned(task);
    }
  }

  /** An item could not be brought to a place. */
  void copyFailed(Event.CopyFailed event) {
    int item = event.item();
    int to = event.to();
    if (!board.transfers.failed(item, event.from(), to, board.now())) {
      return;
    }
    board.lose(event.cause());
    if (board.places.get(to).isDisk()) {
      board.eviction.stay(event.from());
    }
    switch (event.obstacle()) {
      case ITEM -> {
        board.stop(new Failure(waitingFor(item), event.cause()));
        releaseThoseInVain();
      }
      case HOST_FULL -> comeLater(item, event.cause());
      case PLACE -> {
        if (board.places.get(event.from()).isDisk()) {
          lostOnDisk(item, event.from());
        } else {
          goElsewhere(item, to);
        }
      }
    }
    board.settle(item);
  }

  /**
   * The host was full of what tasks hold that wait for more: they give it back, and the host is
   * filled less from now on.
   */
  private void comeLater(int item, Throwable cause) {
    if (turnedAway.merge(item, 1, Integer::sum) > MOST_REFUSALS) {
      board.stop(new Failure(waitingFor(item), cause));
    }
    releaseThoseInVain();
    board.residency.shrink(Place.HOST, board.residency.bytes(item, Place.HOST));
  }

  /** Tasks that wait for an item at a place are not given to it again. */
  private void goElsewhere(int item, int place) {
    for (Assigned work : board.queues[place].copying()) {
      if (board.reads(work, item) == 0) {
        continue;
      }
      release(work, place);
      for (int task = work.task; task < work.task + work.count; task++) {
        if (board.tasks.isRead(item, task)) {
          board.abilities.bar(task, place);
        }
      }
    }
  }

  /** A task that has a place and waits for an item, NONE when there is no such. */
  private int waitingFor(int item) {
    for (PlaceQueue queue : board.queues) {
      for (Assigned work : queue.copying()) {
        if (board.reads(work, item) > 0) {
          return work.task;
        }
      }
    }
    return TaskGraph.NONE;
  }

  /** What was kept on disk cannot be read back: it is made again, as from a lost device. */
  private void lostOnDisk(int item, int disk) {
    board.residency.drop(item, disk);
    board.instructions().add(new Instruction.Free(item, disk));
    releaseThoseInVain();
    if (board.residency.isNowhere(item)) {
      board.tasks.lost(item);
      if (board.tasks.isReadAgain(item) || board.isWantedAtEnd(item)) {
        makeAgain(item);
      }
    }
  }

  /** Takes tasks back that wait for what will not come. */
  private void releaseThoseInVain() {
    for (int place = 0; place < board.queues.length; place++) {
      for (Assigned work : board.queues[place].copying()) {
        if (waitsInVain(work, place)) {
          release(work, place);
        }
      }
    }
  }

  /** A place is lost with all it holds. */
  void lost(int place, Throwable cause) {
    if (place == Place.HOST) {
      board.stop(new Failure(TaskGraph.NONE, cause));
      return;
    }
    board.lost(cause);
    board.abilities.lose(place);
    policy.lose();
    for (Assigned work : board.queues[place].all()) {
      for (int task = work.task; task < work.task + work.count; task++) {
        board.tasks.unassigned(task);
      }
    }
    board.queues[place].clear();
    board.transfers.lose(place, board.now());
    BitSet gone = board.residency.lose(place);
    board.eviction.lose(place);
    releaseThoseInVain();
    gone.stream().forEach(board.tasks::lost);
    gone.stream()
        .filter(item -> board.tasks.isReadAgain(item) || board.isWantedAtEnd(item))
        .forEach(this::makeAgain);
  }

  /** Whether something that is read is neither at a place nor on its way there. */
  private boolean waitsInVain(Assigned work, int place) {
    boolean[] vain = new boolean[1];
    for (int task = work.task; task < work.task + work.count; task++) {
      board.tasks.visitReads(
          task,
          item ->
              vain[0] |=
                  !board.residency.has(item, place) && !board.residency.isArriving(item, place));
    }
    return vain[0];
  }

  /** Runs the task that made an item once more, after those that made what it reads. */
  private void makeAgain(int lostItem) {
    BitSet open = new BitSet();
    open.set(lostItem);
    for (int item = lostItem; item >= 0; item = open.nextSetBit(0)) {
      open.clear(item);
      int task = board.graph.producer(item);
      if (task == TaskGraph.NONE) {
        String home = board.places.get(board.residency.home(item)).name();
        Throwable lost = new ArrayLostException(board.graph.describe(item), home, board.loss());
        board.stop(new Failure(TaskGraph.NONE, lost));
        return;
      }
      if (!board.tasks.isDone(task)) {
        continue;
      }
      int missing = 0;
      for (int i = board.tasks.readsStart(task); i < board.tasks.readsEnd(task); i++) {
        int read = board.tasks.read(i);
        if (board.residency.isNowhere(read)) {
          missing++;
          open.set(read);
        }
      }
      board.tasks.revive(task, missing);
    }
  }
}
