package dev.weft.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.WeftException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What the progress of jobs is after each kind of event. */
class ProgressTest {
  private static final long SECOND = 1_000_000_000L;

  private final Progress progress = new Progress();

  private void plan(long job, long nanos, long... tasks) {
    List<JobEvent.Kind> kinds =
        LongStream.of(tasks).mapToObj(n -> new JobEvent.Kind("k" + n, n)).toList();
    progress.on(new JobEvent.TasksPlanned(job, nanos, kinds, LongStream.of(tasks).sum(), 0));
  }

  @Test
  void beforeTheFirstJobThereIsNothing() {
    JobProgress now = progress.at(5);
    assertThat(now.tasks()).isZero();
    assertThat(now.fraction()).isZero();
    assertThat(now.secondsLeft()).isEmpty();
    assertThat(now.seconds()).isZero();
  }

  @Test
  void tasksAreCountedByStage() {
    plan(1, 0, 10, 2);
    progress.on(new JobEvent.TaskStarted(1, 0, 0, 0, 4, "cpu", null));
    progress.on(new JobEvent.TaskStarted(1, 0, 0, 4, "cuda:0"));
    progress.on(new JobEvent.TaskFinished(1, SECOND, 0, 0, 4, "cpu", SECOND));
    JobProgress now = progress.at(2 * SECOND);
    assertThat(now.stages())
        .containsExactly(
            new StageProgress(1, "k10", 10, 1, 4, SECOND), new StageProgress(1, "k2", 2, 0, 0, 0));
    assertThat(now.fraction()).isEqualTo(4 / 12.0);
    assertThat(now.tasksPerSecond()).isEqualTo(2);
    assertThat(now.stagesDone()).isZero();
  }

  /** 4 of 10 took 8 s of work within 4 s: the other 6 take 6 s, and 2 of another kind 2 s. */
  @Test
  void theTimeLeftIsThatOfTheWorkLeft() {
    plan(1, 0, 10, 2);
    progress.on(new JobEvent.TaskFinished(1, SECOND, 0, 0, 4, "cpu", 8 * SECOND));
    assertThat(progress.at(4 * SECOND).secondsLeft().orElseThrow()).isCloseTo(8, within(1e-9));
    progress.on(new JobEvent.TaskFinished(1, SECOND, 1, 0, 1, "cpu", 8 * SECOND));
    // Six of 2 s and one of 8 s, at twice the speed of one.
    assertThat(progress.at(8 * SECOND).secondsLeft().orElseThrow()).isCloseTo(10, within(1e-9));
  }

  @Test
  void refusedTasksAndThoseOfALostDeviceRunNoMore() {
    plan(1, 0, 10);
    progress.on(new JobEvent.TaskStarted(1, 0, 0, 0, "cuda:0"));
    progress.on(new JobEvent.TaskStarted(1, 0, 0, 1, "cuda:0"));
    progress.on(new JobEvent.TaskRefused(1, 1, 0, 0, "cuda:0", new DeviceException("no")));
    progress.on(new JobEvent.TaskStarted(1, 1, 0, 4, 3, "cpu", null));
    progress.on(
        new JobEvent.TaskFailed(1, 2, 0, 4, 3, 5, "cpu", 1, new IllegalStateException("no")));
    assertThat(progress.at(2).running()).isEqualTo(1);
    progress.on(new JobEvent.DeviceLost(1, 3, "cuda:0", new DeviceException("gone")));
    assertThat(progress.at(4).running()).isZero();
  }

  @Test
  void onlyWhatGoesToDiskIsSpilled() {
    plan(1, 0, 10);
    progress.on(new JobEvent.CopyFinished(1, 1, 0, 0, "cpu", "disk", false, 64, 1, null));
    progress.on(new JobEvent.CopyFinished(1, 1, 0, 0, "disk", "cpu", true, 64, 1, null));
    progress.on(new JobEvent.CopyFinished(1, 1, 0, 0, "cpu", "cuda:0", false, 8, 1, null));
    progress.on(
        new JobEvent.CopyFinished(
            1, 1, 0, 1, "cpu", "disk", false, 64, 1, new DeviceException("full")));
    assertThat(progress.at(2).bytesSpilled()).isEqualTo(64);
  }

  @Test
  void jobsAtTheSameTimeAreOneAndTheLastStaysKnown() {
    plan(1, 0, 10);
    plan(2, SECOND, 20);
    progress.on(new JobEvent.TaskFinished(1, SECOND, 0, 0, 10, "cpu", 5));
    assertThat(progress.at(3 * SECOND).tasks()).isEqualTo(30);
    assertThat(progress.at(3 * SECOND).seconds()).isEqualTo(3);
    progress.on(new JobEvent.Finished(1, 3 * SECOND, null));
    assertThat(progress.at(4 * SECOND).tasks()).isEqualTo(20);
    assertThat(progress.at(4 * SECOND).seconds()).isEqualTo(3);
    progress.on(new JobEvent.Finished(2, 5 * SECOND, null));
    assertThat(progress.at(100 * SECOND).tasks()).isEqualTo(20);
    assertThat(progress.at(100 * SECOND).seconds()).isEqualTo(4);
  }

  /** A job whose plan has no room is planned and never run. */
  @Test
  void aJobThatCannotBeginEndsToo() {
    SessionConfig config =
        SessionConfig.defaults()
            .withDevice("reference")
            .withMemoryLimit(1 << 20)
            .withListener(progress);
    try (Session session = Session.open(config)) {
      NDArray large = session.arange(1_000_000).rechunk(1_000_000);
      assertThatThrownBy(large::compute).isInstanceOf(WeftException.class);
    }
    JobProgress end = progress.at(System.nanoTime() + SECOND);
    assertThat(end.tasks()).isPositive();
    assertThat(end.seconds()).isEqualTo(progress.at(System.nanoTime() + 9 * SECOND).seconds());
  }

  @Test
  void aRealJobEndsWithAllItsTasks() {
    SessionConfig config =
        SessionConfig.defaults().withDevice("reference").withThreads(2).withListener(progress);
    try (Session session = Session.open(config)) {
      session.arange(100).rechunk(10).sqrt().sum().compute().close();
      session.inspect().memory().forEach((device, use) -> assertThat(use.live()).isNotNegative());
      assertThat(session.inspect().memory().keySet()).containsExactly("reference", "disk");
    }
    JobProgress end = progress.now();
    assertThat(end.fraction()).isEqualTo(1);
    assertThat(end.stagesDone()).isEqualTo(end.stages().size()).isGreaterThan(1);
    assertThat(end.running()).isZero();
    assertThat(end.secondsLeft().orElseThrow()).isZero();
  }
}
