package dev.weft.core.event;

import dev.weft.core.spill.SpillDevice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says how far the jobs of a session are. Safe for many threads.
 *
 * <pre>{@code
 * Progress progress = new Progress();
 * try (Session session = Session.open(SessionConfig.defaults().withListener(progress))) {
 *   Job job = session.start(List.of(array));
 *   JobProgress now = progress.now();
 *   System.out.printf("%.0f %%%n", now.fraction() * 100);
 * }
 * }</pre>
 */
public final class Progress implements EventListener {
  private final Map<Long, JobCounts> running = new LinkedHashMap<>();
  private @Nullable JobCounts last;
  private long lastEnd;
  private long spilled;

  @Override
  public synchronized void on(JobEvent event) {
    if (event instanceof JobEvent.Began plan) {
      if (running.isEmpty()) {
        spilled = 0;
      }
      running.put(plan.job(), new JobCounts(plan));
      return;
    }
    JobCounts job = running.get(event.job());
    if (job == null) {
      return;
    }
    switch (event) {
      case JobEvent.Began plan -> {}
      case JobEvent.TaskStarted task -> job.started(task.device(), task.stage(), task.tasks());
      case JobEvent.TaskFinished task ->
          job.finished(task.device(), task.stage(), task.tasks(), task.took());
      case JobEvent.TaskRefused task -> job.started(task.device(), task.stage(), -task.tasks());
      case JobEvent.TaskRetried task -> {}
      case JobEvent.TaskFailed task -> job.started(task.device(), task.stage(), -task.tasks());
      case JobEvent.CopyStarted copy -> {}
      case JobEvent.CopyRetried copy -> {}
      case JobEvent.CopyFinished copy -> {
        if (copy.failure() == null && copy.to().equals(SpillDevice.NAME)) {
          spilled += copy.bytes();
        }
      }
      case JobEvent.CopyFound copy -> {}
      case JobEvent.DeviceLost lost -> job.lost(lost.device());
      case JobEvent.Finished finished -> {
        running.remove(finished.job());
        job.ended();
        last = job;
        lastEnd = finished.nanos();
      }
    }
  }

  /**
   * How far the jobs are that are running, taken together; where none is, how far the last one got.
   * Before the first job is planned it has no stages.
   */
  public JobProgress now() {
    return at(System.nanoTime());
  }

  /** The same, with the time given, as {@link System#nanoTime} tells it. */
  public synchronized JobProgress at(long nanos) {
    JobCounts ended = last;
    List<JobCounts> jobs =
        !running.isEmpty()
            ? List.copyOf(running.values())
            : ended == null ? List.of() : List.of(ended);
    List<StageProgress> stages = new ArrayList<>();
    long read = 0;
    long end = running.isEmpty() ? lastEnd : nanos;
    long begin = end;
    for (JobCounts job : jobs) {
      stages.addAll(job.stages());
      read += job.bytesRead();
      begin = Math.min(begin, job.beganAt());
    }
    return new JobProgress(stages, read, spilled, (end - begin) * 1e-9);
  }
}
