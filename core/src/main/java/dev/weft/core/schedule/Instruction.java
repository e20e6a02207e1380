package dev.weft.core.schedule;

import dev.weft.core.place.Placement;
import org.jspecify.annotations.Nullable;

/** What the scheduler wants done. */
public sealed interface Instruction {
  /**
   * Run {@code count} tasks that follow each other: all that they read is in the place's memory,
   * and they write into buffers of their own. Tasks of one place begin in this order. After a loss
   * a task may run again: of what it writes, an item that is there already or is on its way stays
   * as it is, and the new one is dropped.
   *
   * @param task the first of them
   * @param reason why they run there, null where there is no choice
   */
  record Run(int task, int count, int place, @Nullable Placement reason) implements Instruction {}

  /**
   * Copy an item between the host and another place: to and from a device, out to disk or in from
   * there. Copies over one link in one direction are made in this order, beside tasks.
   */
  record Copy(int item, int from, int to) implements Instruction {}

  /** The place needs this item no more: give its memory there back. */
  record Free(int item, int place) implements Instruction {}

  /** Nothing is running and nothing is left to run; the job is over. */
  record Finish(@Nullable Failure failure) implements Instruction {}

  /**
   * Why a job ended early.
   *
   * @param task the task that failed, {@link TaskGraph#NONE} when it was none
   * @param cause what it threw, null when the user cancelled
   */
  record Failure(int task, @Nullable Throwable cause) {
    /** Whether the user stopped the job. */
    public boolean isCancelled() {
      return cause == null;
    }
  }
}
