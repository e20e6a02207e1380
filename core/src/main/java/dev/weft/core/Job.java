package dev.weft.core;

import dev.weft.core.execute.JobRun;
import java.util.List;
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

  /** Asks the job to stop: running tasks end, no others start, all memory is given back. */
  public void cancel() {
    run.cancel();
  }
}
