package dev.weft.core.schedule;

/** What the scheduler hears. */
public sealed interface Event {
  /** The job begins; {@code slots} tasks may run at the same time. */
  record Started(int slots) implements Event {}

  /** A task has ended well. */
  record TaskDone(int stage, long chunk) implements Event {}

  /** A task has failed. */
  record TaskFailed(int stage, long chunk, Throwable cause) implements Event {}

  /** Something beside a task has failed: the job stops. */
  record Failed(Throwable cause) implements Event {}

  /** The user wants the job to stop. */
  record Cancelled() implements Event {}
}
