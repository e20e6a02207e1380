package dev.weft.core.slice;

import dev.weft.core.fuse.Stage;
import dev.weft.core.shape.Chunks;

/**
 * The tasks of a stage, cut into slices: each task is in one of them, and no task goes on from one
 * of another slice. Tasks that go on from each other, as those of a running sum do, come in their
 * order.
 */
public final class StageSlices {
  private final Chunks grid;

  /** The axis along which tasks go on from each other; -1 where none do. */
  private final int axis;

  /** How many tasks go on from each other. */
  private final int length;

  /** How far apart the numbers of such tasks are. */
  private final long step;

  /** The slices of a stage. */
  public StageSlices(Stage stage) {
    this.grid = stage.iteration();
    int along = -1;
    for (Stage.Input input : stage.inputs()) {
      along = input instanceof Stage.Input.Before before ? before.axis() : along;
    }
    this.axis = along;
    this.length = along < 0 ? 1 : grid.axis(along).count();
    long apart = 1;
    for (int i = grid.rank() - 1; i > along && along >= 0; i--) {
      apart *= grid.axis(i).count();
    }
    this.step = apart;
  }

  /** Whether tasks go on from each other. */
  public boolean isChained() {
    return axis >= 0 && length > 1;
  }

  /** The most slices that are not empty. */
  public long most() {
    return grid.count() / length;
  }

  /**
   * The tasks of a slice, in the order in which they may run one after the other.
   *
   * @param number from 0 on
   * @param slices how many there are
   */
  public long[] tasks(long number, long slices) {
    long chains = most();
    long first = begin(number, slices, chains);
    long end = begin(number + 1, slices, chains);
    long[] tasks = new long[Math.toIntExact((end - first) * length)];
    int at = 0;
    for (long chain = first; chain < end; chain++) {
      long head = chain / step * step * length + chain % step;
      for (int i = 0; i < length; i++) {
        tasks[at++] = head + i * step;
      }
    }
    return tasks;
  }

  /** The slice that a task is in. */
  public long slice(long task, long slices) {
    long chain = task / (step * length) * step + task % step;
    long chains = most();
    // The first guess is one off at most, where lengths are rounded.
    long slice = Math.min(slices - 1, (long) ((double) chain / chains * slices));
    while (begin(slice, slices, chains) > chain) {
      slice--;
    }
    while (begin(slice + 1, slices, chains) <= chain) {
      slice++;
    }
    return slice;
  }

  private static long begin(long number, long slices, long chains) {
    return number * (chains / slices) + Math.min(number, chains % slices);
  }
}
