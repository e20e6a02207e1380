package dev.weft.core.schedule;

import java.util.Arrays;

/**
 * Remembers for a while what the readers of tasks that can run would still need: it depends on the
 * model alone, which one observation changes little, and is asked for with every event.
 */
final class AfterMemo {
  /** More than the tasks that are looked at; a power of two. */
  private static final int SIZE = 64;

  /** Observations of tasks after which everything is worked out anew. */
  private static final int AGE = 8;

  private final int[][] tasks;
  private final double[][] values;
  private int age;

  AfterMemo(int places) {
    this.tasks = new int[places][SIZE];
    this.values = new double[places][SIZE];
    clear();
  }

  /** What was remembered, negative when nothing was. */
  double find(int task, int place) {
    int slot = task & (SIZE - 1);
    return tasks[place][slot] == task ? values[place][slot] : -1;
  }

  void keep(int task, int place, double value) {
    int slot = task & (SIZE - 1);
    tasks[place][slot] = task;
    values[place][slot] = value;
  }

  /** The model has observed a task. */
  void age() {
    age++;
    if (age >= AGE) {
      clear();
    }
  }

  void clear() {
    age = 0;
    for (int[] row : tasks) {
      Arrays.fill(row, -1);
    }
  }
}
