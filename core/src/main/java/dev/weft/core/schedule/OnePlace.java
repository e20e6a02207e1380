package dev.weft.core.schedule;

import dev.weft.core.place.Place;
import dev.weft.core.place.Placement;
import org.jspecify.annotations.Nullable;

/**
 * All tasks run on the host: the one that comes first in the order is next, so that intermediate
 * items die young. Where that one waits for memory or for an item from disk, one of the next few
 * may go first.
 */
final class OnePlace implements Policy {
  /** How many tasks that can run are listed ahead, so that many of them can be started as one. */
  private static final int WINDOW = 256;

  /** How many tasks are tried. */
  private static final int TRIES = 3;

  private final Board board;
  private final double[] nanos;

  OnePlace(Board board) {
    this.board = board;
    this.nanos = new double[board.graph.kinds()];
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
    int task = tasks.ready(0);
    for (int attempt = 0; attempt < TRIES && task != TaskGraph.NONE; attempt++) {
      boolean lacks = board.needs.lacks(task, place);
      PlaceQueue queue = board.queues[place];
      boolean open = lacks ? queue.takesCopying() : queue.takesResident();
      if (open && room.at(task, place)) {
        return new Choice(task, null);
      }
      task = tasks.ready(tasks.order(task) + 1);
    }
    return null;
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
