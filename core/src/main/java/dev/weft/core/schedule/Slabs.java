package dev.weft.core.schedule;

import dev.weft.core.place.Place;

/**
 * How many tasks are started as one: as many that follow each other as make a piece of work worth
 * starting, but never so many that other slots would have nothing to do, and no more than have
 * room. A place that likes pieces of some size gets all that is there at once, and what must be
 * brought in pieces of that size, so that copies go on beside the work.
 */
final class Slabs {
  /** The most tasks of one piece of work. */
  private static final int MOST = 256;

  /** What is there already is worked on in pieces of this part of a place's memory at most. */
  private static final int MEMORY_PART = 32;

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
    int kind = board.graph.kind(task);
    if (!board.graph.isSlabbed(kind) || single[place][kind]) {
      return 1;
    }
    boolean lacks = lacks(task, place);
    int most = Math.min(MOST, most(task, place, lacks));
    int count = 1;
    while (count < most && follows(task + count, kind, place, lacks)) {
      count++;
    }
    return count;
  }

  private int most(int task, int place, boolean lacks) {
    Place at = board.places.get(place);
    int left = board.tasks.left(board.graph.kind(task));
    if (at.slabBytes() > 0) {
      long bytes = lacks ? at.slabBytes() : at.memoryLimit() / MEMORY_PART;
      double worth = (double) bytes / Math.max(1, board.graph.traffic(task));
      return (int) Math.min(worth, left * policy.part(task, place));
    }
    if (lacks) {
      return 1;
    }
    double worth = at.slabNanos() / policy.nanos(task, place);
    return (int) Math.min(worth, left / (2 * slots));
  }

  /** What lacks something waits for its copies, which tasks that lack nothing should not. */
  private boolean follows(int next, int kind, int place, boolean lacks) {
    return board.tasks.isReady(next)
        && board.graph.kind(next) == kind
        && (lacks || !board.needs.lacks(next, place))
        && board.abilities.isPossible(next, place)
        && board.residency.mark(
            place, board.needs.room(next, place), board.needs.keptFree(next, place))
        && (lacks || board.needs.takeKept(next, place));
  }

  /** Whether a task must wait for copies; takes what was left at the place by earlier jobs. */
  private boolean lacks(int task, int place) {
    return board.needs.lacks(task, place) || !board.needs.takeKept(task, place);
  }
}
