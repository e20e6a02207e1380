package dev.weft.dashboard.state;

import org.jspecify.annotations.Nullable;

/** How far a stage is. */
final class StageState {
  private static final double NANOS_PER_MILLI = 1e6;

  private final StageFacts facts;
  private final int operation;
  private long running;
  private long done;
  private long tookNanos;
  private long shortest = Long.MAX_VALUE;
  private long longest;
  private long refused;
  private long retried;
  private long failed;

  StageState(StageFacts facts, int operation) {
    this.facts = facts;
    this.operation = operation;
  }

  StageFacts facts() {
    return facts;
  }

  int operation() {
    return operation;
  }

  void started(int tasks) {
    running += tasks;
  }

  /** Tasks that had started have ended, in whatever way. */
  void left(int tasks) {
    running = Math.max(0, running - tasks);
  }

  void finished(int tasks, long took) {
    done += tasks;
    tookNanos += took;
    long each = took / Math.max(1, tasks);
    shortest = Math.min(shortest, each);
    longest = Math.max(longest, each);
  }

  void refused() {
    refused++;
  }

  void failed() {
    failed++;
  }

  void retried() {
    retried++;
  }

  long running() {
    return running;
  }

  /** The part of its tasks that are done. */
  double progress() {
    return facts.tasks() == 0 ? 1 : Math.min(1, (double) done / facts.tasks());
  }

  /**
   * @param readers the progress of the reader that is furthest behind; 0 where nobody reads
   */
  Views.Stage view(int id, double readers, boolean jobRuns) {
    double share = facts.tasks() == 0 ? 0 : (double) done / facts.tasks();
    Double rate = facts.bytes() == 0 || tookNanos == 0 ? null : facts.bytes() * share / tookNanos;
    return new Views.Stage(
        id,
        facts.label(),
        facts.kind(),
        operation,
        facts.shape(),
        facts.grid(),
        facts.tasks(),
        jobRuns ? Math.max(0, facts.tasks() - done - running) : 0,
        running,
        inMemory(readers, jobRuns),
        done,
        tookNanos / NANOS_PER_MILLI,
        done == 0 ? 0 : shortest / NANOS_PER_MILLI,
        longest / NANOS_PER_MILLI,
        facts.bytes(),
        rate,
        refused,
        retried,
        failed,
        facts.reads(),
        facts.asked());
  }

  private @Nullable Long inMemory(double readers, boolean jobRuns) {
    if (!facts.staged()) {
      return null;
    }
    if (facts.writesAway() || !jobRuns) {
      return 0L;
    }
    return Math.max(0, done - (long) (readers * facts.tasks()));
  }
}
