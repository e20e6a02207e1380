package dev.weft.timeline;

import dev.weft.core.event.JobEvent;
import dev.weft.core.fuse.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is known while events are read. */
final class RecordingReader {
  private final List<JobEvent> events;
  private final List<Stage> stages = new ArrayList<>();
  private final Map<Long, Integer> firstStage = new HashMap<>();
  private final List<TimeSpan> spans = new ArrayList<>();
  private final List<TimeSpan> plans = new ArrayList<>();
  private final Set<String> devices = new LinkedHashSet<>();
  private final Map<Key, JobEvent.TaskStarted> open = new LinkedHashMap<>();
  private final List<String> troubles = new ArrayList<>();
  private final Map<String, Integer> refusals = new LinkedHashMap<>();
  private long begin = Long.MAX_VALUE;
  private long end = Long.MIN_VALUE;
  private int running;

  private record Key(long job, int stage, long chunk, String device) {}

  RecordingReader(List<JobEvent> events) {
    this.events = events;
  }

  Recording read() {
    // Jobs are planned, and hosts known, before anything else is looked at.
    for (JobEvent event : events) {
      switch (event) {
        case JobEvent.Planned plan -> planned(plan);
        case JobEvent.TasksPlanned plan -> {}
        case JobEvent.TaskRetried task -> {}
        case JobEvent.CopyStarted copy -> devices.add(copy.toHost() ? copy.to() : copy.from());
        case JobEvent.TaskStarted task -> {}
        case JobEvent.TaskFinished task -> {}
        case JobEvent.TaskRefused task -> {}
        case JobEvent.CopyFinished copy -> {}
        case JobEvent.CopyFound copy -> {}
        case JobEvent.DeviceLost lost -> {}
        case JobEvent.Finished finished -> {}
      }
      end = Math.max(end, event.nanos());
    }
    for (JobEvent event : events) {
      if (firstStage.containsKey(event.job())) {
        take(event);
      }
    }
    cut(task -> true, end);
    refusals.forEach((text, count) -> troubles.add(count == 1 ? text : count + " times: " + text));
    boolean none = plans.isEmpty();
    return new Recording(
        List.copyOf(stages),
        List.copyOf(spans),
        List.copyOf(plans),
        List.copyOf(devices),
        none ? 0 : begin,
        none ? 0 : end,
        List.copyOf(troubles),
        plans.size(),
        running);
  }

  private void planned(JobEvent.Planned plan) {
    running++;
    firstStage.put(plan.job(), stages.size());
    stages.addAll(plan.stages());
    long start = plan.nanos() - plan.planNanos();
    begin = Math.min(begin, start);
    plans.add(
        new TimeSpan(
            TimeSpan.Kind.TASK, "", -1, plan.job(), 1, start, plan.nanos(), true, 0, null));
  }

  private void take(JobEvent event) {
    switch (event) {
      case JobEvent.Planned plan -> {}
      case JobEvent.TasksPlanned plan -> {}
      case JobEvent.TaskRetried task -> {}
      case JobEvent.TaskStarted task -> {
        devices.add(task.device());
        open.put(new Key(task.job(), task.stage(), task.chunk(), task.device()), task);
      }
      case JobEvent.TaskFinished task ->
          close(
              new Key(task.job(), task.stage(), task.chunk(), task.device()),
              task.nanos() - task.took(),
              task.nanos(),
              true,
              null);
      case JobEvent.TaskRefused task -> {
        String text = task.device() + " refused a task: " + task.reason().getMessage();
        refusals.merge(text, 1, Integer::sum);
        close(
            new Key(task.job(), task.stage(), task.chunk(), task.device()),
            Long.MIN_VALUE,
            task.nanos(),
            false,
            text);
      }
      case JobEvent.CopyStarted copy -> {}
      case JobEvent.CopyFinished copy -> copied(copy);
      case JobEvent.CopyFound copy -> {}
      case JobEvent.DeviceLost lost -> {
        troubles.add(lost.device() + " was lost: " + lost.reason().getMessage());
        cut(task -> task.device().equals(lost.device()), lost.nanos());
      }
      case JobEvent.Finished finished -> {
        running--;
        Throwable failure = finished.failure();
        if (failure != null) {
          troubles.add(
              failure instanceof CancellationException
                  ? "cancelled"
                  : "failed: " + failure.getMessage());
        }
        cut(task -> task.job() == finished.job(), finished.nanos());
      }
    }
  }

  /** Tasks of which nothing more will be heard. */
  private void cut(Predicate<JobEvent.TaskStarted> which, long nanos) {
    List<Key> keys = new ArrayList<>();
    open.forEach(
        (key, task) -> {
          if (which.test(task)) {
            keys.add(key);
          }
        });
    keys.forEach(key -> close(key, Long.MIN_VALUE, nanos, false, null));
  }

  /** {@code since} says when it got its slot, where that is known: until then it waited. */
  private void close(Key key, long since, long nanos, boolean finished, @Nullable String trouble) {
    JobEvent.TaskStarted task = open.remove(key);
    if (task == null) {
      return;
    }
    String reason = task.placement() == null ? null : task.placement().toString();
    spans.add(
        new TimeSpan(
            TimeSpan.Kind.TASK,
            task.device(),
            firstStage.getOrDefault(task.job(), 0) + task.stage(),
            task.chunk(),
            task.tasks(),
            Math.max(task.nanos(), since),
            Math.max(task.nanos(), nanos),
            finished,
            0,
            trouble == null ? reason : trouble));
  }

  /** A copy waits for others before it: only its time on the link is drawn. */
  private void copied(JobEvent.CopyFinished copy) {
    String device = copy.toHost() ? copy.from() : copy.to();
    devices.add(device);
    spans.add(
        new TimeSpan(
            copy.toHost() ? TimeSpan.Kind.TO_HOST : TimeSpan.Kind.TO_DEVICE,
            device,
            copy.array(),
            copy.chunk(),
            1,
            copy.nanos() - copy.took(),
            copy.nanos(),
            copy.failure() == null,
            copy.bytes(),
            null));
  }
}
