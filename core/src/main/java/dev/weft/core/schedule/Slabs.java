package dev.weft.core.schedule;

import dev.weft.core.place.Place;

/**
 * How many tasks are started as one: as many that follow each other as make a piece of work worth
 * starting, but never so many that other slots would have nothing to do, and no more than have
 * room.
 */
final class Slabs {
  /** The most tasks of one piece of work. */
  private static final int MOST = 256;

  private final Board board;
  private final Policy policy;
  private final boolean[][] single;
  private int slots;

  Slabs(Board board, Policy policy) {
    this.board = board;
    this.policy = policy;
    this.single = new boolean[board.places.size()][board.graph.kinds()];
    for (Place place : board.places) {
      slots += place.isDisk() ? 0 : place.slots();
    }
  }

  /** A place could not run several tasks as one. */
  void refused(int task, int place) {
    single[place][board.graph.kind(task)] = true;
  }

  /**
   * How many tasks from this one on are started together at a place; lays memory aside for them.
   */
  int count(int task, int place) {
    TaskGraph graph = board.graph;
    int kind = graph.kind(task);
    if (!graph.isSlabbed(kind) || single[place][kind] || !isThere(task, place)) {
      return 1;
    }
    double worth = board.places.get(place).slabNanos() / policy.nanos(task, place);
    int left = board.tasks.left(kind) / (2 * slots);
    int most = (int) Math.min(Math.min(MOST, worth), left);
    int count = 1;
    while (count < most && follows(task + count, kind, place)) {
      count++;
    }
    return count;
  }

  private boolean follows(int next, int kind, int place) {
    return board.tasks.isReady(next)
        && board.graph.kind(next) == kind
        && !board.needs.lacks(next, place)
        && board.abilities.isPossible(next, place)
        && board.residency.mark(
            place, board.needs.room(next, place), board.needs.keptFree(next, place))
        && board.needs.takeKept(next, place);
  }

  /** Whether all that a task reads is at a place; takes what was left there by earlier jobs. */
  private boolean isThere(int task, int place) {
    return !board.needs.lacks(task, place) && board.needs.takeKept(task, place);
  }
}
