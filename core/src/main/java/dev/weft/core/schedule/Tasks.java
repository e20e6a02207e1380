package dev.weft.core.schedule;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Which tasks are listed, can run and are done, and who will still read each item. Tasks are listed
 * depth first from those that are wanted for themselves, and get their place in the order after all
 * that they need: in this order one slot would run them, so that intermediate items die young.
 */
final class Tasks {
  private static final byte NEW = 0;
  private static final byte OPEN = 1;
  private static final byte WAITING = 2;
  private static final byte READY = 3;
  private static final byte ASSIGNED = 4;
  private static final byte DONE = 5;

  /** Beyond all tasks in the order. */
  static final int NEVER = Integer.MAX_VALUE;

  private static final int UNKNOWN = -1;

  private final TaskGraph graph;
  private final Residency residency;
  private final Readers readers;
  private final byte[] states;
  private final int[] order;
  private final int[] missing;
  private final int[] readsAt;
  private final int[] readsLeft;
  private final Finals finals;
  private final int[] left;
  private final IntList reads = new IntList();
  private final IntList inOrder = new IntList();
  private final IntList open = new IntList();
  private final ReadyTasks ready = new ReadyTasks();
  private int firstWaiting;
  private int waitingCount;
  private int done;
  private int listed;
  private boolean recounted;

  Tasks(TaskGraph graph, Residency residency) {
    this.graph = graph;
    this.residency = residency;
    int tasks = graph.tasks();
    this.states = new byte[tasks];
    this.order = new int[tasks];
    this.missing = new int[tasks];
    this.readsAt = new int[tasks];
    this.readsLeft = new int[graph.items()];
    Arrays.fill(readsLeft, UNKNOWN);
    this.readers = new Readers(graph.items());
    this.finals = new Finals(graph);
    this.left = new int[graph.kinds()];
    Arrays.setAll(left, this::size);
  }

  private int size(int kind) {
    return graph.first(kind + 1) - graph.first(kind);
  }

  /**
   * Lists tasks until so many can run: the next one of the wanted kind that is furthest behind, and
   * all that it needs. False when all are listed.
   */
  boolean list(int enough) {
    if (open.isEmpty() && finals.left() == 0) {
      return false;
    }
    while (open.isEmpty() && finals.left() > 0) {
      openNext();
    }
    while (!open.isEmpty() && readyCount() < enough) {
      int task = open.get(open.size() - 1);
      switch (states[task]) {
        case NEW -> open(task);
        case OPEN -> {
          open.removeLast();
          close(task);
        }
        default -> open.removeLast();
      }
    }
    if (finals.left() == 0 && open.isEmpty()) {
      countReads();
    }
    return true;
  }

  private void openNext() {
    int task = finals.next();
    if (graph.isWanted(task)) {
      open.add(task);
    } else {
      left[graph.kind(task)]--;
    }
  }

  /** All tasks are listed: tasks that nothing needs are now known not to read anything. */
  private void countReads() {
    for (int item = 0; item < readsLeft.length; item++) {
      int[] count = new int[1];
      readers.visit(item, reader -> count[0] += states[reader] == DONE ? 0 : 1);
      readsLeft[item] = count[0];
    }
    recounted = true;
  }

  /** Whether reads have been counted anew since this was asked last. */
  boolean isRecounted() {
    boolean now = recounted;
    recounted = false;
    return now;
  }

  private void open(int task) {
    states[task] = OPEN;
    listed++;
    int at = reads.size();
    readsAt[task] = at;
    reads.add(0);
    graph.reads(task, reads::add);
    int count = reads.size() - at - 1;
    reads.set(at, count);
    for (int i = at + count; i > at; i--) {
      int item = reads.get(i);
      readers.add(item, task);
      int producer = graph.producer(item);
      if (producer == TaskGraph.NONE) {
        residency.found(item);
      } else if (states[producer] == NEW) {
        open.add(producer);
      }
    }
  }

  private void close(int task) {
    order[task] = inOrder.size();
    inOrder.add(task);
    for (int i = readsStart(task); i < readsEnd(task); i++) {
      missing[task] += residency.isNowhere(reads.get(i)) ? 1 : 0;
    }
    states[task] = WAITING;
    waitingCount++;
    if (missing[task] == 0) {
      becomeReady(task);
    }
  }

  private void becomeReady(int task) {
    if (states[task] == WAITING) {
      waitingCount--;
    }
    states[task] = READY;
    ready.add(order[task]);
  }

  private void leaveReady(int task, byte state) {
    states[task] = state;
    ready.remove(order[task]);
  }

  /** A task that can run is not to be found by {@link #ready} for now. */
  void setAside(int task) {
    ready.setAside(order[task]);
  }

  /** The first task in the order that can run and is set aside; NONE when there is none. */
  int firstSetAside() {
    return inOrder(ready.firstSetAside());
  }

  private void waitAgain(int task) {
    waitingCount++;
    firstWaiting = Math.min(firstWaiting, order[task]);
  }

  /** Where the items that a task reads begin, for {@link #read}. */
  int readsStart(int task) {
    return readsAt[task] + 1;
  }

  /** Where they end. */
  int readsEnd(int task) {
    return readsAt[task] + 1 + reads.get(readsAt[task]);
  }

  /** The item at a place between start and end. */
  int read(int index) {
    return reads.get(index);
  }

  boolean isRead(int item, int task) {
    for (int i = readsStart(task); i < readsEnd(task); i++) {
      if (reads.get(i) == item) {
        return true;
      }
    }
    return false;
  }

  /** The first listed reader of an item, {@link TaskGraph#NONE} when there is none. */
  int firstReader(int item) {
    return readers.first(item);
  }

  /**
   * The first task in the order, from a place on, that can run and is not set aside; NONE when
   * there is none.
   */
  int ready(int from) {
    return inOrder(ready.first(from));
  }

  /** The last task in the order, before a place, that can run; NONE when there is none. */
  int readyBefore(int to) {
    return inOrder(ready.lastBefore(to));
  }

  private int inOrder(int place) {
    return place < 0 ? TaskGraph.NONE : inOrder.get(place);
  }

  /** Visits the first tasks in the order that wait for others and come before a place in it. */
  void visitWaiting(int before, int most, IntConsumer visitor) {
    boolean skips = true;
    int visited = 0;
    for (int at = firstWaiting; at < before && visited < most; at++) {
      int task = inOrder.get(at);
      if (states[task] == WAITING) {
        visitor.accept(task);
        visited++;
        skips = false;
      } else if (skips) {
        firstWaiting = at + 1;
      }
    }
  }

  /** The place of a listed task in the order. */
  int order(int task) {
    return order[task];
  }

  int readyCount() {
    return ready.count();
  }

  /** Number of listed tasks that wait for others. */
  int waitingCount() {
    return waitingCount;
  }

  /** Tasks of a kind that have no place yet. */
  int left(int kind) {
    return left[kind];
  }

  /** Tasks that are not listed yet, about. */
  int unlisted() {
    return finals.left() + open.size();
  }

  boolean isComplete() {
    return finals.left() == 0 && open.isEmpty() && done == listed;
  }

  boolean isDone(int task) {
    return states[task] == DONE;
  }

  /** Whether a listed task can run and has no place yet. */
  boolean isReady(int task) {
    return task < states.length && states[task] == READY;
  }

  void assigned(int task) {
    leaveReady(task, ASSIGNED);
    left[graph.kind(task)]--;
  }

  /** An assigned task has lost its place. */
  void unassigned(int task) {
    left[graph.kind(task)]++;
    becomeReady(task);
  }

  void done(int task) {
    states[task] = DONE;
    done++;
  }

  /** One read is over. */
  void oneLess(int item) {
    readsLeft[item] = readsLeft(item) - 1;
  }

  private int readsLeft(int item) {
    if (readsLeft[item] == UNKNOWN) {
      readsLeft[item] = graph.readers(item);
    }
    return readsLeft[item];
  }

  boolean isReadAgain(int item) {
    return readsLeft(item) > 0;
  }

  /** An item that was nowhere is somewhere now. */
  void made(int item) {
    readers.visit(
        item,
        reader -> {
          if (states[reader] > OPEN
              && states[reader] != DONE
              && --missing[reader] == 0
              && states[reader] == WAITING) {
            becomeReady(reader);
          }
        });
  }

  /** An item is nowhere any more; none of its readers is assigned. */
  void lost(int item) {
    readers.visit(
        item,
        reader -> {
          if (states[reader] != DONE) {
            missing[reader]++;
            if (states[reader] == READY) {
              leaveReady(reader, WAITING);
              waitAgain(reader);
            }
          }
        });
  }

  /** A task must run again: so many of the items that it reads are nowhere. */
  void revive(int task, int missingReads) {
    done--;
    states[task] = WAITING;
    waitAgain(task);
    left[graph.kind(task)]++;
    missing[task] = missingReads;
    for (int i = readsStart(task); i < readsEnd(task); i++) {
      int item = reads.get(i);
      readsLeft[item] = readsLeft(item) + 1;
      readers.again(item);
    }
    if (missingReads == 0) {
      becomeReady(task);
    }
  }

  /** Visits what a task reads. */
  void visitReads(int task, IntConsumer visitor) {
    for (int i = readsStart(task); i < readsEnd(task); i++) {
      visitor.accept(reads.get(i));
    }
  }

  /**
   * The place in the order of the task that reads the item next; of a reader that is not listed yet
   * the end of the list, and {@link #NEVER} when there is none.
   */
  int nextUse(int item) {
    int next = readers.next(item, reader -> states[reader] == DONE);
    if (next != TaskGraph.NONE) {
      return states[next] == OPEN ? inOrder.size() : order[next];
    }
    return isReadAgain(item) ? inOrder.size() : NEVER;
  }

  /** The task at a place of the order, NONE beyond all that are listed. */
  int at(int place) {
    return place < inOrder.size() ? inOrder.get(place) : TaskGraph.NONE;
  }
}
