package dev.weft.core.schedule;

import org.jspecify.annotations.Nullable;

/** What the scheduler wants done. */
public sealed interface Instruction {
  /** Run a task. */
  record Run(int stage, long chunk) implements Instruction {}

  /** Nobody will read this chunk again: give its buffer back. */
  record Free(int array, long chunk) implements Instruction {}

  /** Nothing is running and nothing is left to run; the job is over. */
  record Finish(@Nullable Failure failure) implements Instruction {}

  /**
   * Why a job ended early.
   *
   * @param stage the stage of the task that failed, -1 when it was no task
   * @param chunk its chunk
   * @param cause what it threw, null when the user cancelled
   */
  record Failure(int stage, long chunk, @Nullable Throwable cause) {
    /** Whether the user stopped the job. */
    public boolean isCancelled() {
      return cause == null;
    }
  }
}
