package dev.weft.profile;

import dev.weft.core.event.EventListener;
import dev.weft.core.event.JobEvent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jfr.EventType;

/**
 * Tells the JDK's flight recorder of jobs, tasks, copies and what goes wrong, so that JDK Mission
 * Control shows them beside garbage collections, locks and the use of the CPU. The events are
 * {@code dev.weft.Job}, {@code dev.weft.Task}, {@code dev.weft.Copy} and {@code dev.weft.Problem}.
 *
 * <pre>{@code
 * SessionConfig config = SessionConfig.defaults().withListener(new JfrEvents());
 * }</pre>
 *
 * <p>While nothing is recorded an event costs the test of a flag. Tasks and copies that had begun
 * when a recording was started are left out. Safe for many threads.
 */
public final class JfrEvents implements EventListener {
  private final EventType taskType = EventType.getEventType(FlightTask.class);
  private final EventType copyType = EventType.getEventType(FlightCopy.class);
  private final Map<Long, Job> jobs = new ConcurrentHashMap<>();
  private final Map<TaskKey, FlightTask> tasks = new ConcurrentHashMap<>();
  private final Map<CopyKey, FlightCopy> copies = new ConcurrentHashMap<>();

  private record TaskKey(long job, int stage, long chunk, String device) {}

  private record CopyKey(long job, int array, long chunk, String from, String to) {}

  private record Job(FlightJob event, List<JobEvent.Kind> kinds) {}

  @Override
  public void on(JobEvent event) {
    switch (event) {
      case JobEvent.Planned plan -> began(plan, plan.bytesRead());
      case JobEvent.TasksPlanned plan -> began(plan, 0);
      case JobEvent.TaskStarted task -> started(task);
      case JobEvent.TaskFinished task ->
          ended(task.job(), task.stage(), task.chunk(), task.device(), task.took(), "");
      case JobEvent.TaskRefused task ->
          ended(task.job(), task.stage(), task.chunk(), task.device(), 0, task.reason().toString());
      case JobEvent.TaskRetried task ->
          problem(task.job(), "retried", task.device(), task.reason());
      case JobEvent.TaskFailed task -> {
        problem(task.job(), "failed", task.device(), task.cause());
        ended(task.job(), task.stage(), task.chunk(), task.device(), 0, task.cause().toString());
      }
      case JobEvent.CopyStarted copy -> started(copy);
      case JobEvent.CopyRetried copy -> problem(copy.job(), "retried", copy.from(), copy.reason());
      case JobEvent.CopyFinished copy -> ended(copy);
      case JobEvent.CopyFound copy -> {}
      case JobEvent.DeviceLost lost -> {
        problem(lost.job(), "lost", lost.device(), lost.reason());
        tasks.keySet().removeIf(key -> key.device.equals(lost.device()));
      }
      case JobEvent.Finished finished -> finished(finished);
    }
  }

  private void began(JobEvent.Began plan, long bytesRead) {
    FlightJob event = new FlightJob();
    event.job = plan.job();
    event.tasks = plan.tasks();
    event.bytesRead = bytesRead;
    event.planning = plan.planNanos();
    event.begin();
    jobs.put(plan.job(), new Job(event, plan.kinds()));
  }

  private void started(JobEvent.TaskStarted task) {
    if (!taskType.isEnabled()) {
      return;
    }
    FlightTask event = new FlightTask();
    Job job = jobs.get(task.job());
    event.job = task.job();
    event.operation = job == null ? "" : job.kinds.get(task.stage()).label();
    event.stage = task.stage();
    event.chunk = task.chunk();
    event.tasks = task.tasks();
    event.device = task.device();
    event.placement = task.placement() == null ? "" : task.placement().toString();
    event.begin();
    tasks.put(new TaskKey(task.job(), task.stage(), task.chunk(), task.device()), event);
  }

  private void ended(long job, int stage, long chunk, String device, long running, String problem) {
    if (tasks.isEmpty()) {
      return;
    }
    FlightTask event = tasks.remove(new TaskKey(job, stage, chunk, device));
    if (event != null) {
      event.running = running;
      event.problem = problem;
      event.commit();
    }
  }

  private void started(JobEvent.CopyStarted copy) {
    if (!copyType.isEnabled()) {
      return;
    }
    FlightCopy event = new FlightCopy();
    event.job = copy.job();
    event.array = copy.array();
    event.chunk = copy.chunk();
    event.from = copy.from();
    event.to = copy.to();
    event.bytes = copy.bytes();
    event.begin();
    copies.put(new CopyKey(copy.job(), copy.array(), copy.chunk(), copy.from(), copy.to()), event);
  }

  private void ended(JobEvent.CopyFinished copy) {
    if (copies.isEmpty()) {
      return;
    }
    FlightCopy event =
        copies.remove(new CopyKey(copy.job(), copy.array(), copy.chunk(), copy.from(), copy.to()));
    if (event != null) {
      event.moving = copy.took();
      event.problem = copy.failure() == null ? "" : copy.failure().toString();
      event.commit();
    }
  }

  private static void problem(long job, String kind, String device, Throwable reason) {
    FlightProblem event = new FlightProblem();
    if (event.isEnabled()) {
      event.job = job;
      event.kind = kind;
      event.device = device;
      event.message = reason.toString();
      event.commit();
    }
  }

  /** Tasks of which nothing more will be heard are forgotten. */
  private void finished(JobEvent.Finished finished) {
    Job job = jobs.remove(finished.job());
    if (job != null) {
      job.event.failure = finished.failure() == null ? "" : finished.failure().toString();
      job.event.commit();
    }
    if (!tasks.isEmpty()) {
      tasks.keySet().removeIf(key -> key.job == finished.job());
    }
    if (!copies.isEmpty()) {
      copies.keySet().removeIf(key -> key.job == finished.job());
    }
  }
}
