package dev.weft.cli.job;

import dev.weft.core.event.EventListener;
import dev.weft.core.event.JobEvent;
import dev.weft.core.spill.SpillDevice;
import java.util.concurrent.atomic.AtomicLong;

/** Adds up what the jobs of a session have done so far. Safe for many threads. */
public final class JobMeter implements EventListener {
  private final AtomicLong planned = new AtomicLong();
  private final AtomicLong bytesRead = new AtomicLong();
  private final AtomicLong bytesSpilled = new AtomicLong();
  private final AtomicLong planNanos = new AtomicLong();
  private final AtomicLong runNanos = new AtomicLong();
  private final AtomicLong startedAt = new AtomicLong();

  @Override
  public void on(JobEvent event) {
    switch (event) {
      case JobEvent.Began plan -> {
        bytesRead.addAndGet(plan instanceof JobEvent.Planned arrays ? arrays.bytesRead() : 0);
        planned.addAndGet(plan.tasks());
        planNanos.addAndGet(plan.planNanos());
        startedAt.set(plan.nanos());
      }
      case JobEvent.TaskStarted started -> {}
      case JobEvent.TaskRetried retried -> {}
      case JobEvent.TaskFailed failed -> {}
      case JobEvent.TaskFinished task -> {}
      case JobEvent.TaskRefused refused -> {}
      case JobEvent.CopyStarted copy -> {}
      case JobEvent.CopyRetried copy -> {}
      case JobEvent.CopyFinished copy -> {
        boolean spilled = copy.failure() == null && copy.to().equals(SpillDevice.NAME);
        bytesSpilled.addAndGet(spilled ? copy.bytes() : 0);
      }
      case JobEvent.CopyFound copy -> {}
      case JobEvent.DeviceLost lost -> {}
      case JobEvent.Finished end -> runNanos.addAndGet(end.nanos() - startedAt.get());
    }
  }

  /** Tasks of all jobs planned so far. */
  long tasks() {
    return planned.get();
  }

  /** Bytes of sources that the jobs read altogether. */
  long bytesRead() {
    return bytesRead.get();
  }

  /** Bytes written to disk for lack of memory. */
  long bytesSpilled() {
    return bytesSpilled.get();
  }

  double planSeconds() {
    return planNanos.get() * 1e-9;
  }

  double runSeconds() {
    return runNanos.get() * 1e-9;
  }
}
