package dev.weft.core;

import dev.weft.core.execute.JobRun;
import java.util.List;
import java.util.function.Consumer;

/** A computation that is running; made by {@link Session#start}. */
public final class Job {
  private final JobRun run;
  private final HostResults results;
  private final Consumer<JobRun> ended;

  Job(JobRun run, HostResults results, Consumer<JobRun> ended) {
    this.run = run;
    this.results = results;
    this.ended = ended;
  }

  /**
   * Waits for the results. An interrupt cancels the job.
   *
   * @throws dev.weft.core.error.JobFailedException when a task failed
   * @throws java.util.concurrent.CancellationException when the job was cancelled
   */
  public List<HostArray> await() {
    try {
      return run.await().stream().map(results::take).toList();
    } finally {
      ended.accept(run);
    }
  }

  /** Asks the job to stop: running tasks end, no others start, all memory is given back. */
  public void cancel() {
    run.cancel();
  }
}
