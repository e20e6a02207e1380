package dev.weft.timeline;

import dev.weft.core.error.RetriedException;
import dev.weft.core.event.JobEvent;
import dev.weft.core.fuse.Stage;
import dev.weft.core.shape.Chunks;
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
  private final List<RecordedStage> stages = new ArrayList<>();
  private final Map<Long, Integer> firstStage = new HashMap<>();
  private final List<TimeSpan> spans = new ArrayList<>();
  private final List<TimeSpan> plans = new ArrayList<>();
  private final Set<String> devices = new LinkedHashSet<>();
  private final Map<Key, JobEvent.TaskStarted> open = new LinkedHashMap<>();
  private final List<String> troubles = new ArrayList<>();
  private final List<Incident> incidents = new ArrayList<>();
  private final Map<Long, RecordedJob> jobs = new LinkedHashMap<>();
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
        case JobEvent.Planned plan -> {
          List<Chunks> grids = plan.stages().stream().map(Stage::iteration).toList();
          began(plan, grids, plan.bytesRead());
        }
        case JobEvent.TasksPlanned plan -> began(plan, List.of(), 0);
        case JobEvent.TaskRetried task -> {}
        case JobEvent.CopyStarted copy -> devices.add(copy.toHost() ? copy.to() : copy.from());
        case JobEvent.TaskStarted task -> {}
        case JobEvent.TaskFinished task -> {}
        case JobEvent.TaskRefused task -> {}
        case JobEvent.TaskFailed task -> {}
        case JobEvent.CopyRetried copy -> {}
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
        List.copyOf(incidents),
        jobs.values().stream().map(this::ended).toList(),
        running);
  }

  /** {@code grids} has the chunks of each kind, or nothing where kinds have none. */
  private void began(JobEvent.Began plan, List<Chunks> grids, long bytesRead) {
    running++;
    firstStage.put(plan.job(), stages.size());
    List<JobEvent.Kind> kinds = plan.kinds();
    for (int i = 0; i < kinds.size(); i++) {
      JobEvent.Kind kind = kinds.get(i);
      Chunks grid = grids.isEmpty() ? null : grids.get(i);
      stages.add(new RecordedStage(plan.job(), i, kind.label(), kind.tasks(), grid));
    }
    long start = plan.nanos() - plan.planNanos();
    begin = Math.min(begin, start);
    plans.add(
        new TimeSpan(
            TimeSpan.Kind.TASK,
            plan.job(),
            "",
            -1,
            plan.job(),
            1,
            start,
            plan.nanos(),
            true,
            0,
            null,
            null));
    jobs.put(
        plan.job(),
        new RecordedJob(
            plan.job(), start, plan.nanos(), plan.nanos(), false, null, plan.tasks(), bytesRead));
  }

  /** A job that was not heard to end lasts until the last event. */
  private RecordedJob ended(RecordedJob job) {
    return job.finished() ? job : ended(job, end, false, null);
  }

  private static RecordedJob ended(
      RecordedJob job, long nanos, boolean finished, @Nullable String failure) {
    return new RecordedJob(
        job.number(),
        job.planBegin(),
        job.begin(),
        Math.max(job.begin(), nanos),
        finished,
        failure,
        job.tasks(),
        job.bytesRead());
  }

  private void incident(
      Incident.Kind kind, JobEvent event, String device, int stage, long chunk, String text) {
    int first = firstStage.getOrDefault(event.job(), 0);
    incidents.add(
        new Incident(
            kind, event.job(), event.nanos(), device, stage < 0 ? -1 : first + stage, chunk, text));
  }

  private void take(JobEvent event) {
    switch (event) {
      case JobEvent.Planned plan -> {}
      case JobEvent.TasksPlanned plan -> {}
      case JobEvent.TaskRetried task -> retried(task);
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
        incident(Incident.Kind.REFUSED, task, task.device(), task.stage(), task.chunk(), text);
        refusals.merge(text, 1, Integer::sum);
        close(
            new Key(task.job(), task.stage(), task.chunk(), task.device()),
            Long.MIN_VALUE,
            task.nanos(),
            false,
            text);
      }
      case JobEvent.TaskFailed task -> failed(task);
      case JobEvent.CopyStarted copy -> {}
      case JobEvent.CopyRetried copy -> retried(copy);
      case JobEvent.CopyFinished copy -> copied(copy);
      case JobEvent.CopyFound copy -> {}
      case JobEvent.DeviceLost lost -> {
        String text = lost.device() + " was lost: " + lost.reason().getMessage();
        troubles.add(text);
        incident(Incident.Kind.LOST, lost, lost.device(), -1, 0, text);
        cut(task -> task.device().equals(lost.device()), lost.nanos());
      }
      case JobEvent.Finished finished -> finished(finished);
    }
  }

  /** Its message is that of the job's failure, which is among the troubles. */
  private void failed(JobEvent.TaskFailed task) {
    String text = "failed%s: %s".formatted(attempts(task.attempts()), task.cause());
    incident(Incident.Kind.TASK_FAILED, task, task.device(), task.stage(), task.failed(), text);
    close(
        new Key(task.job(), task.stage(), task.chunk(), task.device()),
        Long.MIN_VALUE,
        task.nanos(),
        false,
        text);
  }

  private void retried(JobEvent.TaskRetried task) {
    String text = "attempt %d failed and was repeated: %s".formatted(task.attempt(), task.reason());
    refusals.merge("a task was tried again: " + task.reason(), 1, Integer::sum);
    incident(Incident.Kind.RETRIED, task, task.device(), task.stage(), task.chunk(), text);
  }

  private void retried(JobEvent.CopyRetried copy) {
    String text = "attempt %d failed and was repeated: %s".formatted(copy.attempt(), copy.reason());
    refusals.merge("a chunk was read again: " + copy.reason(), 1, Integer::sum);
    incident(Incident.Kind.RETRIED, copy, copy.from(), -1, copy.chunk(), text);
  }

  /** What stands at the begin of a message; of a job, more lines say what it computed. */
  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  private static String attempts(int attempts) {
    return attempts > 1 ? " at the %d. attempt".formatted(attempts) : "";
  }

  private void finished(JobEvent.Finished finished) {
    running--;
    Throwable failure = finished.failure();
    String text = null;
    if (failure != null) {
      boolean cancelled = failure instanceof CancellationException;
      text = cancelled ? "cancelled" : "failed: " + firstLine(failure);
      troubles.add(text);
      Incident.Kind kind = cancelled ? Incident.Kind.CANCELLED : Incident.Kind.FAILED;
      incident(kind, finished, "", -1, 0, text);
    }
    String failed = text;
    jobs.computeIfPresent(
        finished.job(), (number, job) -> ended(job, finished.nanos(), true, failed));
    cut(task -> task.job() == finished.job(), finished.nanos());
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
    spans.add(
        new TimeSpan(
            TimeSpan.Kind.TASK,
            task.job(),
            task.device(),
            firstStage.getOrDefault(task.job(), 0) + task.stage(),
            task.chunk(),
            task.tasks(),
            Math.max(task.nanos(), since),
            Math.max(task.nanos(), nanos),
            finished,
            0,
            task.placement(),
            trouble));
  }

  /** A copy waits for others before it: only its time on the link is drawn. */
  private void copied(JobEvent.CopyFinished copy) {
    String device = copy.toHost() ? copy.from() : copy.to();
    devices.add(device);
    Throwable failure = copy.failure();
    if (failure != null) {
      String tries = attempts(RetriedException.attempts(failure));
      String text =
          "chunk %d was not copied%s: %s".formatted(copy.chunk(), tries, failure.getMessage());
      incident(Incident.Kind.NOT_COPIED, copy, device, -1, copy.chunk(), text);
    }
    spans.add(
        new TimeSpan(
            copy.toHost() ? TimeSpan.Kind.TO_HOST : TimeSpan.Kind.TO_DEVICE,
            copy.job(),
            device,
            copy.array(),
            copy.chunk(),
            1,
            copy.nanos() - copy.took(),
            copy.nanos(),
            failure == null,
            copy.bytes(),
            null,
            null));
  }
}
