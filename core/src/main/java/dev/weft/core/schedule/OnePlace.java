package dev.weft.core.schedule;

import dev.weft.core.place.Place;
import dev.weft.core.place.Placement;
import dev.weft.core.schedule.TaskGraph.Keeping;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * All tasks run on the host: the one that comes first in the order is next, so that intermediate
 * items die young. Where that one waits for memory or for an item from disk, one of the next few
 * may go first; and small ones that end in results wait until there are enough to be started as
 * one.
 */
final class OnePlace implements Policy {
  /** How many tasks that can run are listed ahead, so that many of them can be started as one. */
  private static final int WINDOW = 256;

  /** How many tasks are tried. */
  private static final int TRIES = 3;

  /** Tasks that move more than this do not wait for others of their kind. */
  private static final long SMALL = 1 << 16;

  /** So many tasks that wait are always worth starting. */
  private static final int ENOUGH = 16;

  private final Board board;
  private final double[] nanos;

  /** For how many of a kind its tasks wait, 1 where they do not; 0 while nobody has asked. */
  private final int[] enough;

  /** The first task of each kind that may be set aside. */
  private final int[] patient;

  OnePlace(Board board) {
    this.board = board;
    this.nanos = new double[board.graph.kinds()];
    this.enough = new int[board.graph.kinds()];
    this.patient = new int[board.graph.kinds()];
    Arrays.fill(patient, Integer.MAX_VALUE);
  }

  @Override
  public int window() {
    return WINDOW;
  }

  @Override
  public void look(double now) {}

  @Override
  public @Nullable Choice choose(int place, Room room) {
    if (place != Place.HOST) {
      return null;
    }
    Tasks tasks = board.tasks;
    int at = tasks.ready(0);
    for (int attempt = 0; attempt < TRIES && at != TaskGraph.NONE; ) {
      int task = first(at, place);
      if (task == TaskGraph.NONE) {
        tasks.setAside(at);
      } else if (runs(task, place, room)) {
        return new Choice(task, null);
      } else {
        attempt++;
      }
      at = tasks.ready(tasks.order(at) + 1);
    }
    int patientOne = tasks.firstSetAside();
    return patientOne != TaskGraph.NONE && runs(patientOne, place, room)
        ? new Choice(patientOne, null)
        : null;
  }

  private boolean runs(int task, int place, Room room) {
    return board.abilities.isAble(task, place) && isOpen(task, place) && room.at(task, place);
  }

  private boolean isOpen(int task, int place) {
    PlaceQueue queue = board.queues[place];
    return board.needs.lacks(task, place) ? queue.takesCopying() : queue.takesResident();
  }

  /**
   * The task to start when one is there: itself, the first of those that have waited for it, or
   * NONE when it should wait with them.
   */
  private int first(int task, int place) {
    int kind = board.graph.kind(task);
    int wanted = Math.min(enough(task, kind, place), board.tasks.left(kind) / (2 * board.slots));
    if (wanted <= 1) {
      return task;
    }
    int first = Math.min(patient[kind], task);
    while (!board.tasks.isReady(first)) {
      first++;
    }
    patient[kind] = first;
    int last = first + wanted - 1;
    return last >= board.graph.first(kind + 1) || board.tasks.isReady(last)
        ? first
        : TaskGraph.NONE;
  }

  /** For how many of its kind a task waits: nobody needs its result before the end. */
  private int enough(int task, int kind, int place) {
    TaskGraph graph = board.graph;
    if (enough[kind] == 0) {
      boolean may = graph.isSlabbed(kind) && graph.traffic(task) <= SMALL && endsInResults(task);
      enough[kind] = may ? Math.clamp(Slabs.worth(board, this, task, place), 1, ENOUGH) : 1;
    }
    return enough[kind];
  }

  private boolean endsInResults(int task) {
    TaskGraph graph = board.graph;
    boolean[] ends = {true};
    // Most are not results, and are not asked for their readers, which takes longer.
    graph.writes(
        task, item -> ends[0] &= graph.keeping(item) == Keeping.RESULT && graph.readers(item) == 0);
    return ends[0];
  }

  @Override
  public @Nullable Integer lastResort(int task) {
    return board.abilities.isAble(task, Place.HOST) ? Place.HOST : null;
  }

  @Override
  public @Nullable Placement lastReason(int task, int place) {
    return null;
  }

  @Override
  public double nanos(int task, int place) {
    TaskGraph graph = board.graph;
    int kind = graph.kind(task);
    if (nanos[kind] == 0) {
      nanos[kind] = board.model.run(place, kind, graph.traffic(task), graph.additions(task));
    }
    return nanos[kind];
  }

  @Override
  public double part(int task, int place) {
    return 1;
  }

  /** With one place nothing is compared, so the first estimate is good enough. */
  @Override
  public void ran(int task, int count, int place, long nanos) {}
}
