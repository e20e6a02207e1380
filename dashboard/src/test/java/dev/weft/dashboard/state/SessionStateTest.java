package dev.weft.dashboard.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.device.DeviceInfo;
import dev.weft.core.event.JobEvent;
import dev.weft.core.event.JobEvent.Kind;
import dev.weft.core.place.Placement;
import dev.weft.core.reference.ReferenceDevice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** What events say is what the state tells. */
class SessionStateTest {
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
  void countsWhatWaitsRunsAndIsDone() {
    begin(1, new Kind("load", 5), new Kind("<add>", 1));
    start(1, 0, 0, 10);
    start(1, 0, 1, 10);
    finish(1, 0, 0, 14, 4);
    Views.Job job = at(15).current().getFirst();
    assertThat(job.state()).isEqualTo("running");
    assertThat(job.done()).isEqualTo(1);
    assertThat(job.running()).isEqualTo(1);
    Views.Stage load = job.stages().getFirst();
    assertThat(load.label()).isEqualTo("load");
    assertThat(load.waiting()).isEqualTo(3);
    assertThat(load.running()).isEqualTo(1);
    assertThat(load.done()).isEqualTo(1);
    assertThat(load.inMemory()).as("nobody tells, for tasks of functions").isNull();
    assertThat(load.took()).isEqualTo(4);
    assertThat(job.stages().get(1).waiting()).isEqualTo(1);
  }

  @Test
  void aDeviceIsBusyWhileItsSlotsAreTaken() {
    begin(1, new Kind("work", 9));
    start(1, 0, 0, 10);
    start(1, 0, 1, 10);
    start(1, 0, 2, 10);
    finish(1, 0, 0, 20, 10);
    finish(1, 0, 1, 20, 10);
    finish(1, 0, 2, 25, 5);
    Views.Device cpu = at(30).devices().getFirst();
    // Two slots for ten milliseconds, one for five.
    assertThat(cpu.busy()).isEqualTo(25);
    assertThat(cpu.running()).isZero();
    assertThat(cpu.tasksDone()).isEqualTo(3);
    assertThat(state.spansAfter(0, 100).spans())
        .extracting(Views.Span::lane, Views.Span::begin, Views.Span::took)
        .containsExactly(tuple(0, 10.0, 10.0), tuple(1, 10.0, 10.0), tuple(0, 20.0, 5.0));
  }

  @Test
  void kindsOfTasksTellWhatTheyRead() {
    List<Kind> kinds = List.of(new Kind("load", 4), new Kind("add", 3));
    List<JobEvent.Edge> edges = List.of(new JobEvent.Edge(0, 1), new JobEvent.Edge(1, 1));
    state.on(new JobEvent.TasksPlanned(1, 0, kinds, edges, 7, MILLI));
    assertThat(at(1).current().getFirst().stages())
        .extracting(Views.Stage::reads)
        .containsExactly(List.of(), List.of(0, 1));
  }

  @Test
  void aFailedJobTellsItsErrorAndLeavesNothingRunning() {
    begin(1, new Kind("work", 4));
    start(1, 0, 0, 10);
    state.on(new JobEvent.Finished(1, 20 * MILLI, new IllegalStateException("no number")));
    Views.Snapshot snapshot = at(30);
    assertThat(snapshot.history().getFirst().state()).isEqualTo("failed");
    assertThat(snapshot.history().getFirst().error()).isEqualTo("no number");
    assertThat(snapshot.troubles().getFirst().text()).isEqualTo("no number");
    assertThat(snapshot.devices().getFirst().running()).isZero();
    assertThat(snapshot.totals().tasksRunning()).isZero();
    assertThat(snapshot.totals().jobsFailed()).isEqualTo(1);
    finish(1, 0, 0, 40, 1);
    assertThat(at(50).totals().tasksDone()).as("what comes after the end").isZero();
  }

  @Test
  void aCancelledJobIsNoFailure() {
    begin(1, new Kind("work", 4));
    state.on(new JobEvent.Finished(1, 20 * MILLI, new CancellationException()));
    assertThat(at(30).history().getFirst().state()).isEqualTo("cancelled");
    assertThat(at(30).troubles()).isEmpty();
  }

  @Test
  void copiesRefusalsRetriesAndLossesAreTold() {
    begin(1, new Kind("work", 4));
    Placement there = new Placement("cuda:0", Placement.Cause.EARLIEST, 0, 4e5, "cpu", 3.1e6);
    state.on(new JobEvent.TaskStarted(1, 5 * MILLI, 0, 0, 1, "cuda:0", there));
    state.on(copy("cpu", "cuda:0", false, 100, null));
    state.on(copy("cuda:0", "cpu", true, 60, null));
    state.on(copy("cpu", "disk", false, 40, null));
    state.on(copy("files", "cpu", true, 30, new IllegalStateException("bad disk")));
    state.on(
        new JobEvent.TaskRefused(
            1, 8 * MILLI, 0, 0, "cuda:0", new IllegalStateException("too large")));
    state.on(
        new JobEvent.TaskRetried(
            1, 9 * MILLI, 0, 1, "cpu", 1, new IllegalStateException("try again")));
    state.on(
        new JobEvent.DeviceLost(1, 9 * MILLI, "cuda:0", new IllegalStateException("fell off")));
    Views.Snapshot snapshot = at(10);
    assertThat(snapshot.links())
        .extracting(Views.Link::kind, Views.Link::bytes, Views.Link::failed)
        .containsExactly(
            tuple("in", 100L, 0L),
            tuple("out", 60L, 0L),
            tuple("spill", 40L, 0L),
            tuple("load", 0L, 1L));
    assertThat(snapshot.troubles())
        .extracting(Views.Trouble::kind)
        .containsExactly("lost", "retried", "refused", "copy");
    assertThat(snapshot.current().getFirst().placements().getFirst().text())
        .isEqualTo("cuda:0: inputs resident, 0.4 ms against 3.1 ms on cpu");
    assertThat(snapshot.devices().get(1).lost()).isTrue();
    assertThat(snapshot.devices().get(1).running()).isZero();
    assertThat(snapshot.totals().refused()).isEqualTo(1);
    assertThat(snapshot.totals().retried()).isEqualTo(1);
  }

  private static JobEvent copy(
      String from, String to, boolean toHost, long bytes, Throwable failure) {
    return new JobEvent.CopyFinished(1, 7 * MILLI, 3, 0, from, to, toHost, bytes, MILLI, failure);
  }

  @Test
  void aRealJobEndsWithAllTasksDone() {
    List<JobEvent> recorded = Collections.synchronizedList(new ArrayList<>());
    SessionConfig config = SessionConfig.defaults().withChunkBytes(8 * 1024);
    try (ReferenceDevice device = new ReferenceDevice(64 << 20);
        Session session = Session.open(config.withListener(recorded::add), device)) {
      NDArray x = session.random(1).uniform(20_000);
      session.compute(x.multiply(x).sqrt().mean(), x.cumsum(0).max()).forEach(HostArray::close);
    }
    SessionState replayed = new SessionState(List.of(CPU), recorded.getFirst().nanos());
    recorded.forEach(replayed::on);
    Views.Snapshot end = replayed.snapshot(recorded.getLast().nanos());
    Views.Job job = end.current().getFirst();
    assertThat(job.state()).isEqualTo("done");
    assertThat(job.done()).isEqualTo(job.tasks()).isGreaterThan(10);
    for (Views.Stage stage : job.stages()) {
      assertThat(stage.done()).as(stage.label()).isEqualTo(stage.tasks());
      assertThat(stage.inMemory()).as(stage.label()).isZero();
      assertThat(stage.reads()).as(stage.label()).allMatch(read -> read < stage.id());
    }
    assertThat(job.stages()).anyMatch(stage -> !stage.reads().isEmpty());
  }

  @Test
  void jobsSpansTroublesAndLinesAreBounded() {
    for (int job = 1; job <= 1_000; job++) {
      begin(job, new Kind("operation " + job, 20));
      for (int task = 0; task < 20; task++) {
        start(job, 0, task, job);
        finish(job, 0, task, job + 1, 1);
      }
      state.on(new JobEvent.Finished(job, (job + 2) * MILLI, new IllegalStateException("no")));
    }
    Views.Snapshot snapshot = at(2_000);
    assertThat(snapshot.history()).hasSize(SessionState.MOST_JOBS);
    assertThat(snapshot.history().getFirst().number()).isEqualTo(1_000);
    assertThat(snapshot.troubles()).hasSize(200);
    assertThat(snapshot.log()).hasSize(200);
    assertThat(snapshot.operations()).hasSize(500).endsWith("others");
    Views.Spans spans = state.spansAfter(0, 100_000);
    assertThat(spans.last()).isEqualTo(20_000);
    assertThat(spans.spans()).hasSize(8_192);
    assertThat(spans.missed()).isEqualTo(20_000 - 8_192);
    assertThat(state.spansAfter(20_000, 100).spans()).isEmpty();
    assertThat(state.spansAfter(19_990, 4).missed()).isEqualTo(6);
  }
}
