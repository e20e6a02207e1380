package dev.weft.core.schedule;

import dev.weft.core.place.Place;
import java.util.Arrays;

/** How much memory tasks take at places. */
final class Needs {
  private static final long UNKNOWN = -1;

  private final TaskGraph graph;
  private final Tasks tasks;
  private final Residency residency;
  private final long[] ownOnHost;
  private final long[] ownElsewhere;
  private long largestHostWork;

  /** {@code several} says whether there are places beside the host that run tasks. */
  Needs(TaskGraph graph, Tasks tasks, Residency residency, boolean several) {
    this.graph = graph;
    this.tasks = tasks;
    this.residency = residency;
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

  /** Bytes that a task must leave free on the host, so that what only the host can do goes on. */
  long keptFree(int task, int place) {
    return place != Place.HOST || graph.isHostWork(graph.kind(task)) ? 0 : largestHostWork;
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
