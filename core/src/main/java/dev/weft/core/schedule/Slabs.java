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

  /** Of the bytes that a task moves, it writes less than this part when it leaves little. */
  private static final int LITTLE = 8;

  /** Pieces of tasks that leave little may be so much longer: nothing need be read from cache. */
  private static final int LONGER = 4;

  private final Board board;
  private final Policy policy;
  private final boolean[][] single;

  Slabs(Board board, Policy policy) {
    this.board = board;
    this.policy = policy;
    this.single = new boolean[board.places.size()][board.graph.kinds()];
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
    int most = lacks ? piece(task, place) : worth(board, policy, task, place);
    int count = 1;
    while (count < most && follows(task + count, kind, place, lacks)) {
      count++;
    }
    return count;
  }

  /** How many tasks that need copies first are started together. */
  private int piece(int task, int place) {
    long bytes = board.places.get(place).slabBytes();
    return bytes > 0 ? ofBytes(board, policy, task, place, bytes) : 1;
  }

  /** How many tasks that have all they read are worth starting together. */
  static int worth(Board board, Policy policy, int task, int place) {
    Place at = board.places.get(place);
    if (at.slabBytes() > 0) {
      return ofBytes(board, policy, task, place, at.memoryLimit() / MEMORY_PART);
    }
    boolean leavesLittle = board.needs.own(task, place) < board.graph.traffic(task) / LITTLE;
    double nanos = at.slabNanos() * (leavesLittle ? LONGER : 1);
    double worth = Math.min(MOST, nanos / policy.nanos(task, place));
    int left = board.tasks.left(board.graph.kind(task));
    return (int) Math.min(worth, left / (2 * board.slots));
  }

  private static int ofBytes(Board board, Policy policy, int task, int place, long bytes) {
    double worth = Math.min(MOST, (double) bytes / Math.max(1, board.graph.traffic(task)));
    int left = board.tasks.left(board.graph.kind(task));
    return (int) Math.min(worth, left * policy.part(task, place));
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
