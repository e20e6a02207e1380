package dev.weft.core;

import dev.weft.core.execute.JobRun;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A computation that is running; made by {@link Session#start}. */
public final class Job {
  private final JobRun run;
  private final Function<JobRun, List<HostArray>> await;
  private @Nullable List<HostArray> results;

  Job(JobRun run, Function<JobRun, List<HostArray>> await) {
    this.run = run;
    this.await = await;
  }

  /** Its number in the session, as events, the dashboard and {@link Session#cancel} have it. */
  public long number() {
    return run.number();
  }

  /**
   * Waits for the results; the same ones every time. An interrupt cancels the job.
   *
   * @throws dev.weft.core.error.JobFailedException when a task failed
   * @throws java.util.concurrent.CancellationException when the job was cancelled
   */
  public synchronized List<HostArray> await() {
    List<HostArray> known = results;
    if (known == null) {
      known = await.apply(run);
      results = known;
    }
    return known;
  }

  /**
   * Waits for the results so long. An interrupt leaves the job running.
   *
   * @throws TimeoutException when the job needs longer; it goes on
   * @throws dev.weft.core.error.JobFailedException when a task failed
   * @throws java.util.concurrent.CancellationException when the job was cancelled
   */
  public List<HostArray> await(Duration atMost) throws InterruptedException, TimeoutException {
    if (!run.isEnded(atMost)) {
      throw new TimeoutException(
          "the job has not ended within %s: %s; wait longer, or cancel it"
              .formatted(atMost, progress()));
    }
    return await();
  }

  /** Whether the job has ended, well or not. */
  public boolean isDone() {
    try {
      return run.isEnded(Duration.ZERO);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** How far the job is. */
  public Progress progress() {
    return new Progress(Math.min(run.done(), run.tasks()), run.tasks());
  }

  /**
   * How far a job is.
   *
   * @param done tasks that have ended
   * @param tasks all its tasks
   */
  public record Progress(long done, long tasks) {
    /** The part that is done, from 0 to 1. */
    public double fraction() {
      return tasks == 0 ? 1 : (double) done / tasks;
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%,d of %,d tasks done", done, tasks);
    }
  }

  /** Asks the job to stop: running tasks end, no others start, all memory is given back. */
  public void cancel() {
    run.cancel();
  }
}
