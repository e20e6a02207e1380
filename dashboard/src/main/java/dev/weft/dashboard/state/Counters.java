package dev.weft.dashboard.state;

/** Counts of a whole session. */
final class Counters {
  long events;
  long jobs;
  long tasks;
  long done;
  long running;
  long refused;
  long retried;
  long failed;
  long bytesRead;
  double kernelBytes;
  private long jobsDone;
  private long jobsFailed;
  private long jobsCancelled;

  void ended(String state) {
    switch (state) {
      case "done" -> jobsDone++;
      case "failed" -> jobsFailed++;
      default -> jobsCancelled++;
    }
  }

  Views.Totals view(long spans) {
    return new Views.Totals(
        events,
        jobs,
        jobsDone,
        jobsFailed,
        jobsCancelled,
        tasks,
        done,
        Math.max(0, running),
        refused,
        retried,
        failed,
        bytesRead,
        (long) kernelBytes,
        spans);
  }
}
