package dev.weft.core.schedule;

import dev.weft.core.place.Place;
import dev.weft.core.schedule.TaskGraph.Keeping;
import java.util.Arrays;

/**
 * What must get to the host sooner or later because it was made elsewhere: an item itself, or what
 * comes of it in the end, whichever is less.
 */
final class HomeDebt {
  private static final long UNKNOWN = -1;

  private final TaskGraph graph;
  private final Tasks tasks;
  private final Residency residency;
  private final long[] ofTask;
  private final long[] owed;
  private final IntList chain = new IntList();

  HomeDebt(TaskGraph graph, Tasks tasks, Residency residency, int places) {
    this.graph = graph;
    this.tasks = tasks;
    this.residency = residency;
    this.ofTask = new long[graph.tasks()];
    Arrays.fill(ofTask, UNKNOWN);
    this.owed = new long[places];
  }

  /** Bytes that must get to the host when a task has run elsewhere. */
  long ofTask(int task) {
    if (ofTask[task] != UNKNOWN) {
      return ofTask[task];
    }
    // Up along the readers until one is known, or nothing is read any more, and down again.
    chain.clear();
    for (int next = task; next != TaskGraph.NONE && ofTask[next] == UNKNOWN; next = reader(next)) {
      chain.add(next);
    }
    while (!chain.isEmpty()) {
      int next = chain.removeLast();
      long[] sum = new long[1];
      graph.writes(next, item -> sum[0] += known(item));
      ofTask[next] = sum[0];
    }
    return ofTask[task];
  }

  private int reader(int task) {
    int[] first = {TaskGraph.NONE};
    graph.writes(
        task,
        item -> {
          if (first[0] == TaskGraph.NONE && !graph.isHostBound(item)) {
            first[0] = tasks.firstReader(item);
          }
        });
    return first[0];
  }

  private long known(int item) {
    long bytes = graph.bytes(item);
    if (graph.isHostBound(item)) {
      return bytes;
    }
    int reader = tasks.firstReader(item);
    if (reader == TaskGraph.NONE) {
      return graph.keeping(item) == Keeping.STAYS ? 0 : bytes;
    }
    return ofTask[reader] == UNKNOWN ? bytes : Math.min(bytes, ofTask[reader]);
  }

  private long ofItem(int item) {
    int reader = graph.isHostBound(item) ? TaskGraph.NONE : tasks.firstReader(item);
    if (reader != TaskGraph.NONE) {
      ofTask(reader);
    }
    return known(item);
  }

  /** An item is about to be at a place. */
  void arrives(int item, int place) {
    if (residency.isNowhere(item)) {
      owe(item, place, 1);
    } else if (place == Place.HOST && !residency.has(item, place)) {
      owe(item, residency.holder(item), -1);
    }
  }

  /** The last copy of an item is about to go. */
  void goes(int item, int place) {
    owe(item, place, -1);
  }

  private void owe(int item, int place, int sign) {
    if (place != Place.HOST && !graph.isHostBound(item) && graph.producer(item) != TaskGraph.NONE) {
      owed[place] += sign * ofItem(item);
    }
  }

  /** Bytes that must still come to the host because of what a place holds. */
  long owed(int place) {
    return owed[place];
  }

  /** A place is gone with all it held. */
  void lose(int place) {
    owed[place] = 0;
  }
}
