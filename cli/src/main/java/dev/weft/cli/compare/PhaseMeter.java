package dev.weft.cli.compare;

import dev.weft.core.event.EventListener;
import dev.weft.core.event.JobEvent;
import dev.weft.core.fuse.Stage;
import dev.weft.core.fuse.Stage.Work;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Divides the time of a job among its phases, by its events. While several tasks run at once, the
 * time is shared between their phases in proportion, so that phases add up to no more than the time
 * that has passed. Safe for many threads; measures one job after the other.
 *
 * <pre>
 * thread 1   kernel  kernel  kernel  reduce
 * thread 2   kernel  kernel  reduce           four units in all: kernel 2.5, reduce 1.5
 * </pre>
 */
public final class PhaseMeter implements EventListener {
  private final Map<Phase, Long> spent = new EnumMap<>(Phase.class);
  private final Map<Phase, Integer> running = new EnumMap<>(Phase.class);
  private List<Stage> stages = List.of();
  private long planBegun;
  private long last;
  private long bytesRead;
  private boolean started;

  @Override
  public synchronized void on(JobEvent event) {
    switch (event) {
      case JobEvent.Planned plan -> {
        spent.clear();
        running.clear();
        stages = plan.stages();
        planBegun = plan.nanos() - plan.planNanos();
        bytesRead = plan.bytesRead();
        started = false;
        for (Stage stage : stages) {
          spent.put(phase(stage.id()), 0L);
        }
      }
      case JobEvent.TaskStarted task -> {
        if (!started) {
          started = true;
          last = task.nanos();
          spent.put(Phase.COMPILE, task.nanos() - planBegun);
        }
        advance(task.nanos());
        running.merge(phase(task.stage()), 1, Integer::sum);
      }
      case JobEvent.TaskFinished task -> {
        advance(task.nanos());
        running.merge(phase(task.stage()), -1, Integer::sum);
      }
      case JobEvent.TaskRefused task -> {
        advance(task.nanos());
        running.merge(phase(task.stage()), -1, Integer::sum);
      }
      case JobEvent.CopyStarted copy -> {}
      case JobEvent.CopyFinished copy -> {}
      case JobEvent.DeviceLost lost -> {}
      case JobEvent.Finished end -> {}
    }
  }

  /** Threads report in any order: what comes late is counted as if it had happened just now. */
  private void advance(long now) {
    long passed = now - last;
    if (passed <= 0) {
      return;
    }
    last = now;
    int tasks = running.values().stream().mapToInt(Integer::intValue).sum();
    running.forEach(
        (phase, count) -> {
          if (count > 0) {
            spent.merge(phase, passed * count / tasks, Long::sum);
          }
        });
  }

  private Phase phase(int stage) {
    return switch (stages.get(stage).work()) {
      case Work.Fused fused -> Phase.KERNEL;
      case Work.Library library -> Phase.KERNEL;
      case Work.User user -> Phase.KERNEL;
      case Work.Combine combine -> Phase.REDUCE;
    };
  }

  /**
   * The times of the job that has ended.
   *
   * @param total nanoseconds that it took, seen by the caller
   * @param bytesWritten bytes of its results
   */
  synchronized JobTimes times(long total, long bytesWritten) {
    return new JobTimes(spent, total, bytesRead + bytesWritten);
  }
}
