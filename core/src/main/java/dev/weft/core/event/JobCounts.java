package dev.weft.core.event;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What has happened to the tasks of one job. Not safe for many threads. */
final class JobCounts {
  private final JobEvent.Began plan;
  private final List<JobEvent.Kind> kinds;
  private final long[] done;
  private final long[] busy;

  /** Running tasks by kind, of each device: those of a lost one are not heard of again. */
  private final Map<String, long[]> running = new HashMap<>();

  JobCounts(JobEvent.Began plan) {
    this.plan = plan;
    this.kinds = plan.kinds();
    this.done = new long[kinds.size()];
    this.busy = new long[kinds.size()];
  }

  long beganAt() {
    return plan.nanos();
  }

  long bytesRead() {
    return plan instanceof JobEvent.Planned arrays ? arrays.bytesRead() : 0;
  }

  void started(String device, int kind, int tasks) {
    running.computeIfAbsent(device, name -> new long[done.length])[kind] += tasks;
  }

  void finished(String device, int kind, int tasks, long took) {
    started(device, kind, -tasks);
    done[kind] += tasks;
    busy[kind] += took;
  }

  void lost(String device) {
    running.remove(device);
  }

  /** Nothing runs any more. */
  void ended() {
    running.clear();
  }

  List<StageProgress> stages() {
    List<StageProgress> stages = new ArrayList<>();
    for (int kind = 0; kind < done.length; kind++) {
      long now = 0;
      for (long[] counts : running.values()) {
        now += counts[kind];
      }
      JobEvent.Kind one = kinds.get(kind);
      stages.add(
          new StageProgress(
              plan.job(), one.label(), one.tasks(), Math.max(0, now), done[kind], busy[kind]));
    }
    return stages;
  }
}
