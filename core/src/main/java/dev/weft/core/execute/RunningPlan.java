package dev.weft.core.execute;

import org.jspecify.annotations.Nullable;

/** A plan that is being run, on one device or on several. */
interface RunningPlan {
  /**
   * Starts the job.
   *
   * @param aside on a thread of the device, for callers that have other things to do: a thread that
   *     brings an event may have to serve many more
   */
  void start(boolean aside);

  /** Asks the job to stop. */
  void cancel();

  /** Waits for the end; an interrupt cancels the job, and the wait goes on until it has stopped. */
  void await();

  /** Why the job has ended early, or null. */
  @Nullable RuntimeException problem();
}
