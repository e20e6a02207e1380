package dev.weft.core.schedule;

import java.util.Arrays;
import java.util.BitSet;

/** Which tasks are done, which can run, and who will still read each item. */
final class Progress {
  private static final byte WAITING = 0;
  private static final byte READY = 1;
  private static final byte ASSIGNED = 2;
  private static final byte DONE = 3;

  private final TaskTable table;
  private final byte[] states;
  private final int[] missing;
  private final int[] readsLeft;
  private final int[] nextReaders;
  private final BitSet ready = new BitSet();
  private int readyCount;
  private int done;

  Progress(TaskTable table) {
    this.table = table;
    this.states = new byte[table.tasks()];
    this.missing = new int[table.tasks()];
    this.readsLeft = new int[table.items()];
    this.nextReaders = new int[table.items()];
    for (int item = 0; item < readsLeft.length; item++) {
      readsLeft[item] = table.readers().size(item);
      nextReaders[item] = table.readers().start(item);
    }
    for (int task = 0; task < states.length; task++) {
      for (int i = table.reads().start(task); i < table.reads().end(task); i++) {
        missing[task] += table.producer(table.reads().at(i)) >= 0 ? 1 : 0;
      }
      if (missing[task] == 0) {
        becomeReady(task);
      }
    }
  }

  private void becomeReady(int task) {
    states[task] = READY;
    ready.set(task);
    readyCount++;
  }

  private void leaveReady(int task, byte state) {
    states[task] = state;
    ready.clear(task);
    readyCount--;
  }

  /** Tasks that can run and have no place yet. */
  BitSet ready() {
    return ready;
  }

  int readyCount() {
    return readyCount;
  }

  boolean isComplete() {
    return done == states.length;
  }

  boolean isDone(int task) {
    return states[task] == DONE;
  }

  /** Whether a task can run and has no place yet; false for a number beyond all tasks. */
  boolean isReady(int task) {
    return task < states.length && states[task] == READY;
  }

  void assigned(int task) {
    leaveReady(task, ASSIGNED);
  }

  /** An assigned task has lost its place. */
  void unassigned(int task) {
    becomeReady(task);
  }

  void done(int task) {
    states[task] = DONE;
    done++;
  }

  /** One read is over; true when nobody will read the item again. */
  boolean oneLess(int item) {
    return --readsLeft[item] == 0;
  }

  boolean isReadAgain(int item) {
    return readsLeft[item] > 0;
  }

  /** An item that was nowhere is somewhere now. */
  void made(int item) {
    for (int i = table.readers().start(item); i < table.readers().end(item); i++) {
      int reader = table.readers().at(i);
      if (states[reader] != DONE && --missing[reader] == 0 && states[reader] == WAITING) {
        becomeReady(reader);
      }
    }
  }

  /** An item is nowhere any more; none of its readers is assigned. */
  void lost(int item) {
    for (int i = table.readers().start(item); i < table.readers().end(item); i++) {
      int reader = table.readers().at(i);
      if (states[reader] != DONE) {
        missing[reader]++;
        if (states[reader] == READY) {
          leaveReady(reader, WAITING);
        }
      }
    }
  }

  /** A task must run again: so many of the items that it reads are nowhere. */
  void revive(int task, int missingReads) {
    done--;
    states[task] = WAITING;
    missing[task] = missingReads;
    for (int i = table.reads().start(task); i < table.reads().end(task); i++) {
      int item = table.reads().at(i);
      readsLeft[item]++;
      nextReaders[item] = table.readers().start(item);
    }
    if (missingReads == 0) {
      becomeReady(task);
    }
  }

  /** The number of the task that reads the item next, beyond all tasks when there is none. */
  int nextUse(int item) {
    int end = table.readers().end(item);
    int next = nextReaders[item];
    while (next < end && states[table.readers().at(next)] == DONE) {
      next++;
    }
    nextReaders[item] = next;
    return next < end ? table.readers().at(next) : Integer.MAX_VALUE;
  }

  @Override
  public String toString() {
    return "%d of %d done, %d ready, states %s"
        .formatted(done, states.length, readyCount, Arrays.toString(states));
  }
}
