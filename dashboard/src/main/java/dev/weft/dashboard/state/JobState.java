package dev.weft.dashboard.state;

import dev.weft.core.event.JobEvent;
import dev.weft.core.place.Placement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** A job, running or ended. Of its stages the first so many have counts of their own. */
final class JobState {
  /** Stages with counts of their own; the rest is counted together with the last of them. */
  static final int MOST_STAGES = 400;

  private static final int MOST_PLACEMENTS = 200;

  private final long number;
  private final double began;
  private final double planned;
  private final long tasks;
  private final long bytesRead;
  private final long bytesBound;
  private final boolean functions;
  private final List<StageState> stages = new ArrayList<>();
  private final Map<PlacedKey, Count> placements = new LinkedHashMap<>();
  private long done;
  private @Nullable Double ended;
  private @Nullable Throwable failure;

  private record PlacedKey(int stage, String device, Placement.Cause cause, boolean ignored) {}

  /** Tasks of one placement, and the last of them. */
  private static final class Count {
    private long tasks;
    private @Nullable Placement last;
  }

  JobState(JobEvent.Began job, double began, Names operations) {
    this.number = job.job();
    this.began = began;
    this.planned = job.planNanos() / 1e6;
    this.tasks = job.tasks();
    this.bytesRead = job instanceof JobEvent.Planned plan ? plan.bytesRead() : -1;
    this.bytesBound = job instanceof JobEvent.Planned plan ? plan.bytesBound() : -1;
    this.functions = job instanceof JobEvent.TasksPlanned;
    for (StageFacts facts : StageFacts.of(job)) {
      if (stages.size() < MOST_STAGES) {
        stages.add(new StageState(facts, operations.number(facts.label())));
      }
    }
  }

  long number() {
    return number;
  }

  boolean runs() {
    return ended == null;
  }

  /** Tasks of it that have started and not ended. */
  long running() {
    return stages.stream().mapToLong(StageState::running).sum();
  }

  double began() {
    return began;
  }

  long tasks() {
    return tasks;
  }

  /** The stage of a number, or null where the job has none at all. */
  @Nullable StageState stage(int stage) {
    return stages.isEmpty() ? null : stages.get(Math.clamp(stage, 0, stages.size() - 1));
  }

  /**
   * How many lanes its tasks have on a device. Among tasks of functions may be some that mostly
   * wait and have no slot: they have a few lanes more. There may be thousands of them.
   */
  int lanes(DeviceState device) {
    return device.parallelism() + (functions ? Lanes.FOR_WAITING : 0);
  }

  /** Bytes that so many tasks of a stage read and write. */
  double bytes(int number, int of) {
    StageState stage = stage(number);
    return stage == null
        ? 0
        : (double) stage.facts().bytes() * of / Math.max(1, stage.facts().tasks());
  }

  void started(JobEvent.TaskStarted task) {
    StageState stage = stage(task.stage());
    if (stage != null) {
      stage.started(task.tasks());
    }
    Placement placement = task.placement();
    if (placement != null) {
      PlacedKey key =
          new PlacedKey(
              task.stage(), task.device(), placement.cause(), placement.ignored() != null);
      if (placements.size() < MOST_PLACEMENTS || placements.containsKey(key)) {
        Count count = placements.computeIfAbsent(key, k -> new Count());
        count.tasks += task.tasks();
        count.last = placement;
      }
    }
  }

  void finished(JobEvent.TaskFinished task) {
    done += task.tasks();
    StageState stage = stage(task.stage());
    if (stage != null) {
      stage.finished(task.tasks(), task.took());
    }
  }

  /** What had started of it has ended, in whatever way. */
  void left(OpenTask task) {
    StageState stage = stage(task.key.stage());
    if (stage != null) {
      stage.left(task.tasks);
    }
  }

  void end(double at, @Nullable Throwable why) {
    ended = at;
    failure = why;
  }

  String state() {
    if (ended == null) {
      return "running";
    }
    return failure == null
        ? "done"
        : failure instanceof CancellationException ? "cancelled" : "failed";
  }

  private @Nullable String error() {
    return failure == null ? null : Text.of(failure);
  }

  Views.JobSummary summary() {
    return new Views.JobSummary(number, state(), began, ended, tasks, done, error());
  }

  Views.Job view() {
    double[] readers = new double[stages.size()];
    boolean[] read = new boolean[stages.size()];
    for (StageState stage : stages) {
      for (int of : stage.facts().reads()) {
        if (of < stages.size()) {
          readers[of] = read[of] ? Math.min(readers[of], stage.progress()) : stage.progress();
          read[of] = true;
        }
      }
    }
    List<Views.Stage> views = new ArrayList<>();
    for (int i = 0; i < stages.size(); i++) {
      views.add(stages.get(i).view(i, readers[i], runs()));
    }
    List<Views.Placed> placed = new ArrayList<>();
    placements.forEach(
        (key, count) ->
            placed.add(
                new Views.Placed(
                    key.stage(),
                    key.device(),
                    key.cause().name(),
                    count.tasks,
                    String.valueOf(count.last))));
    return new Views.Job(
        number,
        state(),
        began,
        ended,
        planned,
        tasks,
        done,
        running(),
        bytesRead,
        bytesBound,
        error(),
        views,
        placed);
  }
}
