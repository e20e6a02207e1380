package dev.weft.core;

import dev.weft.core.execute.JobRun;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The jobs over arrays of one session that run, or are about to: some wait for memory to begin
 * with. Safe for many threads.
 */
final class RunningJobs {
  private final Set<JobRun> running = ConcurrentHashMap.newKeySet();

  /** Jobs that are about to run; guarded by this. */
  private int starting;

  /**
   * Makes a job, which may wait for memory of other jobs.
   *
   * @param requireOpen refuses when the session is closed
   */
  JobRun create(Runnable requireOpen, Supplier<JobRun> maker) {
    synchronized (this) {
      requireOpen.run();
      starting++;
    }
    try {
      JobRun run = maker.get();
      running.add(run);
      return run;
    } finally {
      synchronized (this) {
        starting--;
        notifyAll();
      }
    }
  }

  /** Its results have been taken, or there are none. */
  void remove(JobRun run) {
    running.remove(run);
  }

  /** Asks all to stop. */
  void cancelAll() {
    running.forEach(JobRun::cancel);
  }

  /** Asks the job of a number to stop; whether it ran. */
  boolean cancel(long job) {
    return running.stream().anyMatch(run -> run.cancel(job));
  }

  /**
   * Stops all that run, and waits for them. A job that waits for memory to begin with gets it from
   * those that are cancelled, or fails.
   */
  void close() {
    boolean interrupted = false;
    synchronized (this) {
      while (starting > 0) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    running.forEach(JobRun::close);
  }
}
