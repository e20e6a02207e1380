package dev.weft.dashboard.state;

import dev.weft.core.device.DeviceInfo;
import dev.weft.core.error.RetriedException;
import dev.weft.core.event.EventListener;
import dev.weft.core.event.JobEvent;
import dev.weft.core.kernel.Kernel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A session as its events tell it: jobs, stages, devices, lanes, links, troubles. It has a bound:
 * ended jobs, spans, troubles and lines are forgotten, the oldest first. Safe for many threads.
 */
public final class SessionState implements EventListener {
  /** Ended jobs that are remembered. */
  static final int MOST_JOBS = 50;

  private static final int MOST_LINES = 200;
  private static final int MOST_OPERATIONS = 500;

  /** Running jobs that are told with their stages. */
  private static final int MOST_CURRENT = 4;

  private final long origin;
  private final LinkedHashMap<String, DeviceState> devices = new LinkedHashMap<>();
  private final LinkedHashMap<Long, JobState> jobs = new LinkedHashMap<>();
  private final Names operations = new Names(MOST_OPERATIONS);
  private final Links links = new Links();
  private final TaskStream stream;
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
    this.stream = new TaskStream(origin);
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
      case JobEvent.TaskFailed task -> failed(job, task);
      case JobEvent.CopyStarted copy -> {}
      case JobEvent.CopyRetried copy -> retried(copy);
      case JobEvent.CopyFinished copy -> copied(copy);
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
    OpenTask open =
        piece(job, task.stage(), task.chunk(), task.tasks(), task.device(), task.nanos());
    // Started twice, without an end in between, is started again.
    leave(job, open.key, task.nanos());
    stream.started(open);
    job.started(task);
    counters.running += task.tasks();
    device(task.device(), task.nanos()).started(task.nanos());
  }

  private OpenTask piece(JobState job, int number, long chunk, int tasks, String name, long nanos) {
    StageState stage = job.stage(number);
    boolean joins = stage != null && stage.facts().joins();
    return new OpenTask(
        new OpenTask.Key(job.number(), number, chunk, name),
        tasks,
        joins ? "join" : "task",
        job.lanes(device(name, nanos)),
        stage == null ? 0 : stage.operation(),
        nanos);
  }

  /** What has started runs no more; null where it had not started. */
  private @Nullable OpenTask leave(JobState job, OpenTask.Key key, long nanos) {
    OpenTask open = stream.remove(key);
    if (open != null) {
      counters.running -= open.tasks;
      job.left(open);
      device(key.device(), nanos).left(nanos);
    }
    return open;
  }

  private void finished(JobState job, JobEvent.TaskFinished task) {
    OpenTask.Key key = new OpenTask.Key(task.job(), task.stage(), task.chunk(), task.device());
    OpenTask open = leave(job, key, task.nanos());
    job.finished(task);
    counters.done += task.tasks();
    counters.kernelBytes += job.bytes(task.stage(), task.tasks());
    device(task.device(), task.nanos()).done(task.tasks());
    if (open == null) {
      open = piece(job, task.stage(), task.chunk(), task.tasks(), task.device(), task.nanos());
    }
    stream.finished(open, task.nanos(), task.took());
  }

  private void refused(JobState job, JobEvent.TaskRefused task) {
    counters.refused++;
    StageState stage = job.stage(task.stage());
    if (stage != null) {
      stage.refused();
    }
    String text = Text.of(task.reason());
    trouble(task, "refused", where(job, task.stage(), task.device()), task.chunk(), text);
    broken(job, piece(job, task.stage(), task.chunk(), 1, task.device(), task.nanos()), text);
  }

  private void failed(JobState job, JobEvent.TaskFailed task) {
    counters.failed++;
    StageState stage = job.stage(task.stage());
    if (stage != null) {
      stage.failed();
    }
    String text = failure(task.attempts(), task.cause());
    trouble(task, "failed", where(job, task.stage(), task.device()), task.failed(), text);
    broken(job, piece(job, task.stage(), task.chunk(), 1, task.device(), task.nanos()), text);
  }

  private void retried(JobState job, JobEvent.TaskRetried task) {
    counters.retried++;
    StageState stage = job.stage(task.stage());
    if (stage != null) {
      stage.retried();
    }
    String text = attempt(task.attempt(), task.reason());
    trouble(task, "retried", where(job, task.stage(), task.device()), task.chunk(), text);
    OpenTask mark = piece(job, task.stage(), task.chunk(), 1, task.device(), task.nanos());
    stream.mark(mark, task.nanos(), text);
  }

  private void retried(JobEvent.CopyRetried copy) {
    counters.retried++;
    String text = attempt(copy.attempt(), copy.reason());
    trouble(copy, "retried", copy.from() + " to " + copy.to(), copy.chunk(), text);
  }

  private static String failure(int attempts, Throwable reason) {
    return attempts > 1 ? attempt(attempts, reason) : Text.of(reason);
  }

  private static String attempt(int attempt, Throwable reason) {
    return "attempt " + attempt + " failed: " + Text.of(reason);
  }

  /**
   * Ends what has started, and marks it in the stream; {@code at} stands for it where it has not.
   */
  private void broken(JobState job, OpenTask at, String why) {
    OpenTask open = leave(job, at.key, at.since);
    stream.broken(open == null ? at : open, at.since, why);
  }

  /** Nothing more will be heard of tasks: those that were drawn while they ran are marked. */
  private void cut(JobState job, Predicate<OpenTask.Key> which, long nanos, String why) {
    for (OpenTask.Key key : stream.running(which)) {
      OpenTask open = leave(job, key, nanos);
      if (open != null && open.hasLane()) {
        stream.broken(open, nanos, why);
      }
    }
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

  private void copied(JobEvent.CopyFinished copy) {
    String far = copy.toHost() ? copy.from() : copy.to();
    String kind = Links.kind(copy, devices.containsKey(far));
    links.moved(copy, kind);
    Throwable reason = copy.failure();
    String failure = reason == null ? null : failure(RetriedException.attempts(reason), reason);
    OpenTask.Key array = new OpenTask.Key(copy.job(), copy.array(), copy.chunk(), far);
    stream.copied(array, kind, copy.nanos(), copy.took(), copy.bytes(), failure);
    if (failure != null) {
      trouble(copy, "copy", copy.from() + " to " + copy.to(), copy.chunk(), failure);
    }
  }

  private void lost(JobState job, JobEvent.DeviceLost lost) {
    device(lost.device(), lost.nanos()).lost();
    String text = Text.of(lost.reason());
    cut(
        job,
        key -> key.job() == lost.job() && key.device().equals(lost.device()),
        lost.nanos(),
        text);
    trouble(lost, "lost", lost.device(), null, text);
  }

  private void ended(JobState job, JobEvent.Finished end) {
    job.end(millis(end.nanos()), end.failure());
    cut(job, key -> key.job() == end.job(), end.nanos(), "the job is " + job.state());
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

  /**
   * Changes when anything may have by a moment: it counts events, and the tasks that are drawn
   * because they have run for a while.
   */
  public synchronized long version(long nanos) {
    stream.draw(nanos);
    return counters.events + stream.everDrawn();
  }

  /** The state at a moment, which is a {@link System#nanoTime} value. */
  public synchronized Views.Snapshot snapshot(long nanos) {
    long version = version(nanos);
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
        version,
        millis(nanos),
        counters.view(stream.ended()),
        devices.values().stream().map(device -> device.view(nanos)).toList(),
        links.views(),
        running.stream().map(JobState::view).toList(),
        jobs.sequencedValues().reversed().stream().map(JobState::summary).toList(),
        operations.all(),
        stream.lanes(),
        stream.running(nanos),
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
    return stream.after(sequence, most);
  }
}
