package dev.weft.core.schedule;

import dev.weft.core.place.Place;
import java.util.Arrays;

/** How much memory tasks take at places. */
final class Needs {
  private static final long UNKNOWN = -1;

  /** So many tasks that wait are looked at: those of a chain are few and alike. */
  private static final int MOST_WAITING = 8;

  private final TaskGraph graph;
  private final Tasks tasks;
  private final Residency residency;
  private final boolean several;
  private final long[] ownOnHost;
  private final long[] ownElsewhere;
  private long largestHostWork;

  /** {@code several} says whether there are places beside the host that run tasks. */
  Needs(TaskGraph graph, Tasks tasks, Residency residency, boolean several) {
    this.graph = graph;
    this.tasks = tasks;
    this.residency = residency;
    this.several = several;
    this.ownOnHost = new long[graph.tasks()];
    Arrays.fill(ownOnHost, UNKNOWN);
    this.ownElsewhere = new long[several ? graph.tasks() : 0];
    Arrays.fill(ownElsewhere, UNKNOWN);
    for (int kind = 0; several && kind < graph.kinds(); kind++) {
      int first = graph.first(kind);
      int end = graph.first(kind + 1);
      // Grids are regular but for their ends.
      if (graph.isHostWork(kind) && first < end) {
        largestHostWork = Math.max(largestHostWork, own(first, Place.HOST));
        largestHostWork = Math.max(largestHostWork, own(end - 1, Place.HOST));
      }
    }
  }

  /** Bytes of a task's copies of operands and of what it writes. */
  long own(int task, int place) {
    boolean host = place == Place.HOST;
    long[] known = host ? ownOnHost : ownElsewhere;
    if (known[task] == UNKNOWN) {
      long[] sum = {residency.footprint(graph.scratch(task, host), place)};
      graph.writes(
          task,
          item ->
              sum[0] +=
                  host && residency.isKeptOnHost(item)
                      ? 0
                      : residency.footprint(graph.bytes(item), place));
      known[task] = sum[0];
      if (host && graph.isHostWork(graph.kind(task))) {
        largestHostWork = Math.max(largestHostWork, sum[0]);
      }
    }
    return known[task];
  }

  /** Bytes that a task takes at a place beyond what is there. */
  long room(int task, int place) {
    long room = own(task, place);
    for (int i = tasks.readsStart(task); i < tasks.readsEnd(task); i++) {
      int item = tasks.read(i);
      if (!residency.has(item, place) && !residency.isArriving(item, place)) {
        room += residency.bytes(item, place);
      }
    }
    return room;
  }

  /** Bytes that what a task reads takes on the host, over which it comes to another place. */
  long onTheWay(int task, int place) {
    long bytes = 0;
    for (int i = tasks.readsStart(task); i < tasks.readsEnd(task); i++) {
      int item = tasks.read(i);
      if (!residency.isThere(item, place)
          && !residency.isArriving(item, place)
          && !residency.has(item, Place.HOST)
          && !residency.isArriving(item, Place.HOST)) {
        bytes += residency.bytes(item, Place.HOST);
      }
    }
    return bytes;
  }

  /** Bytes that a task takes at a place other than the host, with all that it reads. */
  long all(int task, int place) {
    long all = own(task, place);
    for (int i = tasks.readsStart(task); i < tasks.readsEnd(task); i++) {
      all += residency.footprint(graph.bytes(tasks.read(i)), place);
    }
    return all;
  }

  /** Whether a task reads something that must be brought to a place. */
  boolean lacks(int task, int place) {
    for (int i = tasks.readsStart(task); i < tasks.readsEnd(task); i++) {
      if (!residency.isThere(tasks.read(i), place)) {
        return true;
      }
    }
    return false;
  }

  /** Takes the copies that a task reads and that were left at a place; whether all is there now. */
  boolean takeKept(int task, int place) {
    boolean all = true;
    for (int i = tasks.readsStart(task); i < tasks.readsEnd(task); i++) {
      int item = tasks.read(i);
      all &= residency.has(item, place) || residency.takeKept(item, place);
    }
    return all;
  }

  /**
   * Bytes that a task must leave free on the host. Where there are several places: so that what
   * only the host can do goes on. With one: for tasks that wait for others and come before in the
   * order; what is made too early would have to go to disk for them.
   */
  long keptFree(int task, int place) {
    if (place != Place.HOST) {
      return 0;
    }
    if (several) {
      return graph.isHostWork(graph.kind(task)) ? 0 : largestHostWork;
    }
    long[] largest = new long[1];
    tasks.visitWaiting(
        tasks.order(task),
        MOST_WAITING,
        waiting -> largest[0] = Math.max(largest[0], own(waiting, place)));
    return largest[0];
  }

  /**
   * Whether an item may come to the host as soon as it is made. What only its readers want there
   * waits for them when memory is short.
   */
  boolean hasRoomAtHome(int item) {
    long spare = (residency.free(Place.HOST) - largestHostWork) / 2;
    return graph.keeping(item) == TaskGraph.Keeping.RESULT
        || residency.bytes(item, Place.HOST) <= spare;
  }
}
