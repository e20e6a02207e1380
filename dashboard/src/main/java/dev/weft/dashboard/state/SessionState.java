package dev.weft.dashboard.state;

import dev.weft.core.device.DeviceInfo;
import dev.weft.core.event.EventListener;
import dev.weft.core.event.JobEvent;
import dev.weft.core.kernel.Kernel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A session as its events tell it: jobs, stages, devices, lanes, links, troubles. It has a bound:
 * ended jobs, spans, troubles and lines are forgotten, the oldest first. Safe for many threads.
 */
public final class SessionState implements EventListener {
  /** Ended jobs that are remembered. */
  static final int MOST_JOBS = 50;

  private static final int MOST_SPANS = 8_192;
  private static final int MOST_LINES = 200;
  private static final int MOST_OPERATIONS = 500;

  /** Running jobs that are told with their stages. */
  private static final int MOST_CURRENT = 4;

  private final long origin;
  private final LinkedHashMap<String, DeviceState> devices = new LinkedHashMap<>();
  private final LinkedHashMap<Long, JobState> jobs = new LinkedHashMap<>();
  private final Names operations = new Names(MOST_OPERATIONS);
  private final Lanes lanes = new Lanes();
  private final Links links = new Links();
  private final Ring<Views.Span> spans = new Ring<>(MOST_SPANS);
  private final Ring<Views.Trouble> troubles = new Ring<>(MOST_LINES);
  private final Ring<Views.Line> log = new Ring<>(MOST_LINES);
  private final Counters counters = new Counters();
  private @Nullable JobState last;

  /**
   * Nothing has happened.
   *
   * @param devices the session's
   * @param origin when, as a {@link System#nanoTime} value; times are told from here on
   */
  public SessionState(List<DeviceInfo> devices, long origin) {
    this.origin = origin;
    for (DeviceInfo device : devices) {
      this.devices.put(device.name(), new DeviceState(device, origin));
    }
  }

  private double millis(long nanos) {
    return (nanos - origin) / 1e6;
  }

  @Override
  public synchronized void on(JobEvent event) {
    counters.events++;
    if (event instanceof JobEvent.Began began) {
      began(began);
      return;
    }
    JobState job = jobs.get(event.job());
    if (job == null || !job.runs()) {
      return;
    }
    switch (event) {
      case JobEvent.Began began -> {}
      case JobEvent.TaskStarted task -> started(job, task);
      case JobEvent.TaskFinished task -> finished(job, task);
      case JobEvent.TaskRefused task -> refused(job, task);
      case JobEvent.TaskRetried task -> retried(job, task);
      case JobEvent.TaskFailed task -> {}
      case JobEvent.CopyStarted copy -> {}
      case JobEvent.CopyFinished copy -> copied(job, copy);
      case JobEvent.CopyFound copy -> {}
      case JobEvent.DeviceLost lost -> lost(job, lost);
      case JobEvent.Finished end -> ended(job, end);
    }
  }

  private void began(JobEvent.Began began) {
    JobState job = new JobState(began, millis(began.nanos()), operations);
    jobs.put(began.job(), job);
    counters.jobs++;
    counters.tasks += began.tasks();
    if (began instanceof JobEvent.Planned plan) {
      counters.bytesRead += plan.bytesRead();
    }
    say(
        began,
        "job %d starts: %,d tasks in %,d stages, planned in %.1f ms"
            .formatted(began.job(), began.tasks(), began.kinds().size(), began.planNanos() / 1e6));
  }

  private void say(JobEvent event, String text) {
    log.add(new Views.Line(millis(event.nanos()), event.job(), text));
  }

  private DeviceState device(String name, long nanos) {
    return devices.computeIfAbsent(
        name, key -> new DeviceState(new DeviceInfo(name, "", threads(), 0, Map.of()), nanos));
  }

  /**
   * Work at a place of another name, such as tasks of functions, has as many threads as the host.
   */
  private int threads() {
    return devices.isEmpty() ? 1 : devices.firstEntry().getValue().parallelism();
  }

  private void started(JobState job, JobEvent.TaskStarted task) {
    job.started(task);
    counters.running += task.tasks();
    device(task.device(), task.nanos()).started(task.nanos());
  }

  private void finished(JobState job, JobEvent.TaskFinished task) {
    job.finished(task);
    counters.running -= task.tasks();
    counters.done += task.tasks();
    counters.kernelBytes += job.bytes(task.stage(), task.tasks());
    DeviceState device = device(task.device(), task.nanos());
    device.ended(task.nanos(), task.tasks(), 1);
    span(job, task.stage(), task.chunk(), task.tasks(), task.device(), task.nanos(), task.took());
  }

  private void span(
      JobState job, int number, long chunk, int tasks, String device, long end, long took) {
    StageState stage = job.stage(number);
    boolean joins = stage != null && stage.facts().joins();
    int lane =
        lanes.of(
            device, joins ? "join" : "task", device(device, end).parallelism(), end - took, end);
    int operation = stage == null ? 0 : stage.operation();
    add(job, number, chunk, tasks, lane, operation, end, took, 0, null);
  }

  private void add(
      JobState job,
      int stage,
      long chunk,
      int tasks,
      int lane,
      int operation,
      long end,
      long took,
      long bytes,
      @Nullable String failure) {
    spans.add(
        new Views.Span(
            spans.added() + 1,
            job.number(),
            stage,
            chunk,
            tasks,
            lane,
            operation,
            millis(end - took),
            took / 1e6,
            bytes,
            failure != null,
            failure));
  }

  private void refused(JobState job, JobEvent.TaskRefused task) {
    job.refused(task);
    counters.running -= task.tasks();
    counters.refused++;
    device(task.device(), task.nanos()).ended(task.nanos(), 0, 1);
    String text = Text.of(task.reason());
    trouble(task, "refused", where(job, task.stage(), task.device()), task.chunk(), text);
    mark(job, task.stage(), task.chunk(), task.device(), task.nanos(), text);
  }

  private void retried(JobState job, JobEvent.TaskRetried task) {
    StageState stage = job.stage(task.stage());
    if (stage != null) {
      stage.retried();
    }
    counters.retried++;
    String text = "attempt " + task.attempt() + " failed: " + Text.of(task.reason());
    trouble(task, "retried", where(job, task.stage(), task.device()), task.chunk(), text);
    mark(job, task.stage(), task.chunk(), task.device(), task.nanos(), text);
  }

  /** A failure has no length. */
  private void mark(JobState job, int stage, long chunk, String device, long at, String text) {
    StageState known = job.stage(stage);
    int lane = lanes.of(device, "task", device(device, at).parallelism(), at, at);
    add(job, stage, chunk, 1, lane, known == null ? 0 : known.operation(), at, 0, 0, text);
  }

  private static String where(JobState job, int stage, String device) {
    StageState known = job.stage(stage);
    return (known == null ? "" : known.facts().label() + " on ") + device;
  }

  private void trouble(
      JobEvent event, String kind, String where, @Nullable Long chunk, String text) {
    troubles.add(new Views.Trouble(millis(event.nanos()), event.job(), kind, where, chunk, text));
    say(event, kind + ": " + where + ": " + text);
  }

  private void copied(JobState job, JobEvent.CopyFinished copy) {
    String far = copy.toHost() ? copy.from() : copy.to();
    String kind = Links.kind(copy, devices.containsKey(far));
    links.moved(copy, kind);
    String failure = copy.failure() == null ? null : Text.of(copy.failure());
    int lane = lanes.of(far, kind, 4, copy.nanos() - copy.took(), copy.nanos());
    add(
        job,
        copy.array(),
        copy.chunk(),
        1,
        lane,
        -1,
        copy.nanos(),
        copy.took(),
        copy.bytes(),
        failure);
    if (failure != null) {
      trouble(copy, "copy", copy.from() + " to " + copy.to(), copy.chunk(), failure);
    }
  }

  private void lost(JobState job, JobEvent.DeviceLost lost) {
    DeviceState device = device(lost.device(), lost.nanos());
    device.lost();
    device.ended(lost.nanos(), 0, job.lose(lost.device()));
    trouble(lost, "lost", lost.device(), null, Text.of(lost.reason()));
  }

  private void ended(JobState job, JobEvent.Finished end) {
    counters.running -= job.running();
    job.end(millis(end.nanos()), end.failure())
        .forEach((name, pieces) -> device(name, end.nanos()).ended(end.nanos(), 0, pieces));
    last = job;
    counters.ended(job.state());
    if (end.failure() != null && job.state().equals("failed")) {
      trouble(end, "failed", "job " + end.job(), null, Text.of(end.failure()));
    } else {
      String took = Text.seconds(millis(end.nanos()) - job.began());
      say(end, "job %d is %s after %s".formatted(end.job(), job.state(), took));
    }
    forget();
  }

  /** Jobs that run are never forgotten. */
  private void forget() {
    long ended = jobs.values().stream().filter(job -> !job.runs()).count();
    var oldest = jobs.values().iterator();
    while (ended > MOST_JOBS && oldest.hasNext()) {
      if (!oldest.next().runs()) {
        oldest.remove();
        ended--;
      }
    }
  }

  /** Counts events; it changes when anything may have. */
  public synchronized long version() {
    return counters.events;
  }

  /** The state at a moment, which is a {@link System#nanoTime} value. */
  public synchronized Views.Snapshot snapshot(long nanos) {
    List<JobState> running = new ArrayList<>();
    for (JobState job : jobs.sequencedValues().reversed()) {
      if (job.runs() && running.size() < MOST_CURRENT) {
        running.add(job);
      }
    }
    if (last != null) {
      running.add(last);
    }
    return new Views.Snapshot(
        counters.events,
        millis(nanos),
        counters.view(spans.added()),
        devices.values().stream().map(device -> device.view(nanos)).toList(),
        links.views(),
        running.stream().map(JobState::view).toList(),
        jobs.sequencedValues().reversed().stream().map(JobState::summary).toList(),
        operations.all(),
        lanes.all(),
        troubles.last(MOST_LINES).reversed(),
        log.last(MOST_LINES));
  }

  /** A job that is remembered, or null. */
  public synchronized Views.@Nullable Job job(long number) {
    JobState job = jobs.get(number);
    return job == null ? null : job.view();
  }

  /** What the tasks of a stage launch, or null where they launch nothing or it is not known. */
  public synchronized @Nullable Kernel kernel(long number, int stage) {
    JobState job = jobs.get(number);
    StageState known = job == null ? null : job.stage(stage);
    return known == null ? null : known.facts().kernel();
  }

  /** Spans after one, at most so many: where there are more, the newest. */
  public synchronized Views.Spans spansAfter(long sequence, int most) {
    long more = Math.max(0, spans.added() - sequence);
    List<Views.Span> newest = spans.last(Math.min(more, most));
    return new Views.Spans(spans.added(), more - newest.size(), newest);
  }
}
