package dev.weft.cli.cluster;

import dev.weft.core.SlicedJob;
import java.util.HashMap;
import java.util.Map;

/** How far a job is whose slices meet in a folder, as the chunks that are there tell. */
public final class PlanProgress {
  private final SlicedJob job;
  private final FolderExchange exchange;
  private final Map<Integer, Long> counts = new HashMap<>();

  /** The progress of a job. */
  public PlanProgress(SlicedJob job, FolderExchange exchange) {
    this.job = job;
    this.exchange = exchange;
    for (int stage : job.stages()) {
      for (long task = 0; task < job.tasks(stage); task++) {
        job.writes(stage, task, (array, chunk) -> counts.merge(array, chunk + 1, Math::max));
      }
    }
  }

  /** Looks at the folder. */
  public void look() {
    counts.forEach(exchange::look);
  }

  /** Whether all chunks of the results were there at the last look. */
  public boolean hasResults() {
    boolean[] all = {true};
    job.results((array, chunk) -> all[0] &= exchange.has(array, chunk));
    return all[0];
  }

  /** Tasks of a stage that were done at the last look. */
  public long done(int stage) {
    long done = 0;
    for (long task = 0; task < job.tasks(stage); task++) {
      boolean[] all = {true};
      job.writes(stage, task, (array, chunk) -> all[0] &= exchange.has(array, chunk));
      done += all[0] ? 1 : 0;
    }
    return done;
  }
}
