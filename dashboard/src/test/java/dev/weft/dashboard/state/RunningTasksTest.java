package dev.weft.dashboard.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.device.DeviceInfo;
import dev.weft.core.error.RetriedException;
import dev.weft.core.event.JobEvent;
import dev.weft.core.event.JobEvent.Kind;
import dev.weft.core.reference.ReferenceDevice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which tasks run at a moment, and which of them are drawn. */
class RunningTasksTest {
  private static final long MILLI = 1_000_000;
  private static final DeviceInfo CPU = new DeviceInfo("cpu", "two cores", 2, 0, Map.of());
  private static final DeviceInfo GPU = new DeviceInfo("cuda:0", "a GPU", 1, 0, Map.of());

  private final SessionState state = new SessionState(List.of(CPU, GPU), 0);

  private void begin(long job, Kind... kinds) {
    long tasks = List.of(kinds).stream().mapToLong(Kind::tasks).sum();
    state.on(new JobEvent.TasksPlanned(job, job * MILLI, List.of(kinds), tasks, MILLI));
  }

  private void start(long job, int stage, long chunk, long millis) {
    state.on(new JobEvent.TaskStarted(job, millis * MILLI, stage, chunk, "cpu"));
  }

  private void finish(long job, int stage, long chunk, long millis, long took) {
    state.on(new JobEvent.TaskFinished(job, millis * MILLI, stage, chunk, "cpu", took * MILLI));
  }

  private Views.Snapshot at(long millis) {
    return state.snapshot(millis * MILLI);
  }

  @Test
  void whatRunsForAWhileIsDrawnBeforeItEnds() {
    begin(1, new Kind("work", 9));
    start(1, 0, 0, 10);
    long before = state.version(50 * MILLI);
    assertThat(at(109).running()).as("it has run for less than a tenth of a second").isEmpty();
    assertThat(state.version(110 * MILLI)).as("nothing happens but time").isNotEqualTo(before);
    assertThat(at(110).running())
        .extracting(Views.Span::sequence, Views.Span::chunk, Views.Span::lane, Views.Span::took)
        .containsExactly(tuple(0L, 0L, 0, 100.0));
    start(1, 0, 1, 120);
    finish(1, 0, 1, 130, 10);
    assertThat(at(150).running()).extracting(Views.Span::took).containsExactly(140.0);
    finish(1, 0, 0, 200, 190);
    assertThat(at(210).running()).isEmpty();
    assertThat(state.spansAfter(0, 100).spans())
        .extracting(Views.Span::chunk, Views.Span::lane, Views.Span::begin, Views.Span::took)
        .containsExactly(tuple(1L, 1, 120.0, 10.0), tuple(0L, 0, 10.0, 190.0));
  }

  /** A kernel may be started while all slots are taken; a function is started when it runs. */
  @Test
  void whatWaitsForASlotIsNotDrawn() {
    state.on(planOfASum(1));
    begin(2, new Kind("sleep", 9));
    for (int chunk = 0; chunk < 3; chunk++) {
      start(1, 0, chunk, 10);
    }
    assertThat(at(200).running()).extracting(Views.Span::chunk).containsExactly(0L, 1L);
    assertThat(at(200).devices().getFirst().running()).isEqualTo(3);
    finish(1, 0, 0, 300, 290);
    assertThat(at(350).running())
        .extracting(Views.Span::chunk, Views.Span::lane, Views.Span::begin)
        .containsExactly(tuple(1L, 1, 10.0), tuple(2L, 0, 300.0));
    for (int chunk = 0; chunk < 5; chunk++) {
      start(2, 0, chunk, 400);
    }
    assertThat(at(600).running()).hasSize(7);
  }

  private static JobEvent.Planned planOfASum(long job) {
    List<JobEvent> recorded = Collections.synchronizedList(new ArrayList<>());
    SessionConfig config = SessionConfig.defaults().withListener(recorded::add);
    try (Session session = Session.open(config, new ReferenceDevice(64 << 20))) {
      session.arange(12).rechunk(2).sqrt().sum().compute().close();
    }
    JobEvent.Planned plan = (JobEvent.Planned) recorded.getFirst();
    return new JobEvent.Planned(job, 0, plan.stages(), plan.tasks(), 0, 0, 0);
  }

  @Test
  void tinyTasksAreToldOnce() {
    int tasks = 100_000;
    begin(1, new Kind("work", tasks));
    for (int task = 0; task < tasks; task++) {
      start(1, 0, task, task);
      start(1, 0, tasks + task, task);
      if (task % 100 == 0) {
        assertThat(at(task + 40).running()).isEmpty();
      }
      finish(1, 0, task, task + 50, 50);
      finish(1, 0, tasks + task, task + 90, 90);
    }
    assertThat(state.spansAfter(0, 10).last()).isEqualTo(2 * tasks);
  }

  @Test
  void readsThatAreTriedAgainAreCounted() {
    begin(1, new Kind("sum", 9));
    Throwable busy = new IllegalStateException("busy");
    state.on(new JobEvent.CopyStarted(1, 10 * MILLI, 0, 7, "files", "cpu", true, 80));
    state.on(new JobEvent.CopyRetried(1, 20 * MILLI, 0, 7, "files", "cpu", 1, busy));
    state.on(new JobEvent.CopyRetried(1, 30 * MILLI, 0, 7, "files", "cpu", 2, busy));
    Throwable gone = new RetriedException("reading failed", 3, busy);
    state.on(new JobEvent.CopyFinished(1, 40 * MILLI, 0, 7, "files", "cpu", true, 80, MILLI, gone));
    Views.Snapshot end = at(50);
    assertThat(end.totals().retried()).isEqualTo(2);
    assertThat(end.troubles())
        .extracting(
            Views.Trouble::kind, Views.Trouble::where, Views.Trouble::chunk, Views.Trouble::text)
        .containsExactly(
            tuple("copy", "files to cpu", 7L, "attempt 3 failed: reading failed"),
            tuple("retried", "files to cpu", 7L, "attempt 2 failed: busy"),
            tuple("retried", "files to cpu", 7L, "attempt 1 failed: busy"));
  }

  @Test
  void aFailedTaskIsMarkedWithItsMessage() {
    begin(1, new Kind("parse", 9));
    start(1, 0, 0, 10);
    start(1, 0, 3, 10);
    at(150);
    Throwable cause = new IllegalStateException("no number");
    state.on(new JobEvent.TaskFailed(1, 200 * MILLI, 0, 0, "cpu", 3, cause));
    start(1, 0, 5, 210);
    state.on(new JobEvent.TaskFailed(1, 220 * MILLI, 0, 5, 1, 6, "cpu", 1, cause));
    state.on(new JobEvent.Finished(1, 230 * MILLI, new IllegalStateException("job failed")));
    Views.Snapshot end = at(240);
    assertThat(end.totals().failed()).isEqualTo(2);
    assertThat(end.totals().tasksRunning()).isZero();
    assertThat(end.current().getFirst().stages().getFirst().failed()).isEqualTo(2);
    assertThat(end.troubles())
        .extracting(
            Views.Trouble::kind, Views.Trouble::where, Views.Trouble::chunk, Views.Trouble::text)
        .containsExactly(
            tuple("failed", "job 1", null, "job failed"),
            tuple("failed", "parse on cpu", 6L, "no number"),
            tuple("failed", "parse on cpu", 0L, "attempt 3 failed: no number"));
    // What was drawn while it ran stays so long; the others are marks; the rest ends with its job.
    assertThat(state.spansAfter(0, 100).spans())
        .extracting(Views.Span::chunk, Views.Span::took, Views.Span::failed, Views.Span::note)
        .containsExactly(
            tuple(0L, 190.0, true, "attempt 3 failed: no number"),
            tuple(5L, 0.0, true, "no number"),
            tuple(3L, 220.0, true, "the job is failed"));
  }

  private record Task(long job, int stage, long chunk, int tasks, String device) {}

  /** Whatever happens to tasks, those that run are counted. */
  @Test
  void whatRunsIsCountedAtAnyMoment() {
    Random random = new Random(3);
    List<Task> open = new ArrayList<>();
    begin(1, new Kind("a", 5_000), new Kind("b", 5_000));
    begin(2, new Kind("c", 5_000), new Kind("d", 5_000));
    for (int step = 1; step <= 3_000; step++) {
      long nanos = step * 5 * MILLI;
      if (open.isEmpty() || random.nextInt(9) < 4) {
        String device = random.nextBoolean() ? "cpu" : "cuda:0";
        int tasks = 1 + random.nextInt(9);
        Task task = new Task(1 + random.nextInt(2), random.nextInt(2), 10L * step, tasks, device);
        state.on(
            new JobEvent.TaskStarted(task.job, nanos, task.stage, task.chunk, tasks, device, null));
        open.add(task);
      } else {
        Task task = open.get(random.nextInt(open.size()));
        end(task, random.nextInt(50), nanos, open);
      }
      assertCounts(state.snapshot(nanos), open);
    }
  }

  private void end(Task task, int how, long nanos, List<Task> open) {
    Throwable reason = new IllegalStateException("no");
    open.remove(task);
    if (how == 0) {
      state.on(new JobEvent.DeviceLost(task.job, nanos, task.device, reason));
      open.removeIf(each -> each.job == task.job && each.device.equals(task.device));
    } else if (how < 10) {
      state.on(
          new JobEvent.TaskRefused(
              task.job, nanos, task.stage, task.chunk, task.tasks, task.device, reason));
    } else if (how < 20) {
      long failed = task.chunk + task.tasks - 1;
      state.on(
          new JobEvent.TaskFailed(
              task.job, nanos, task.stage, task.chunk, task.tasks, failed, task.device, 1, reason));
    } else {
      state.on(
          new JobEvent.TaskFinished(
              task.job, nanos, task.stage, task.chunk, task.tasks, task.device, MILLI));
    }
  }

  private static void assertCounts(Views.Snapshot now, List<Task> open) {
    assertThat(now.totals().tasksRunning()).isEqualTo(open.stream().mapToLong(Task::tasks).sum());
    for (Views.Device device : now.devices()) {
      assertThat(device.running())
          .as(device.name())
          .isEqualTo(open.stream().filter(each -> each.device.equals(device.name())).count());
    }
    for (Views.Job job : now.current()) {
      assertThat(job.running())
          .isEqualTo(
              open.stream().filter(each -> each.job == job.number()).mapToLong(Task::tasks).sum());
    }
    assertThat(now.running().size()).isLessThanOrEqualTo(open.size());
  }
}
