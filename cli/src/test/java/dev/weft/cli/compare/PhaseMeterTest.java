package dev.weft.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.event.JobEvent;
import dev.weft.core.fuse.Stage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Time is divided as written down by hand; the stages are those of a real sum. */
class PhaseMeterTest {
  private final PhaseMeter meter = new PhaseMeter();
  private final Map<Integer, Deque<Long>> begun = new HashMap<>();
  private List<Stage> stages = List.of();
  private int kernel;
  private int reduce;

  @BeforeEach
  void planASum() {
    List<JobEvent> events = new ArrayList<>();
    SessionConfig config = SessionConfig.defaults().withDevice("reference").withThreads(1);
    try (Session session =
        Session.open(
            config.withListener(
                event -> {
                  synchronized (events) {
                    events.add(event);
                  }
                }))) {
      session.arange(10).rechunk(2).sum().compute().close();
    }
    JobEvent.Planned plan = (JobEvent.Planned) events.getFirst();
    stages = plan.stages();
    for (Stage stage : stages) {
      if (stage.work() instanceof Stage.Work.Combine) {
        reduce = stage.id();
      } else {
        kernel = stage.id();
      }
    }
    assertThat(kernel).isLessThan(reduce);
  }

  @Test
  void oneTaskAfterTheOther() {
    plan(1000, 300);
    start(1200, kernel);
    end(1900, kernel);
    start(2000, reduce);
    end(2050, reduce);
    JobTimes times = meter.times(1500, 16);
    assertThat(times.phases())
        .containsOnly(
            entry(Phase.COMPILE, 500L), entry(Phase.KERNEL, 700L), entry(Phase.REDUCE, 50L));
    assertThat(times.rest()).isEqualTo(1500 - 500 - 700 - 50);
    assertThat(times.bytes()).isEqualTo(80 + 16);
  }

  @Test
  void timeIsSharedBetweenTasksThatRunAtOnce() {
    plan(0, 0);
    start(0, kernel);
    start(100, kernel);
    end(200, kernel);
    start(200, reduce);
    end(300, reduce);
    end(300, kernel);
    // Alone until 200, and half of the last 100.
    assertThat(meter.times(300, 0).phases())
        .containsOnly(
            entry(Phase.COMPILE, 0L), entry(Phase.KERNEL, 250L), entry(Phase.REDUCE, 50L));
  }

  @Test
  void lateReportsShareTheTimeToo() {
    plan(0, 0);
    start(100, kernel);
    end(500, kernel);
    // Another thread's task, which began and ended before, is heard of only now.
    start(200, reduce);
    end(300, reduce);
    assertThat(meter.times(600, 0).phases())
        .containsEntry(Phase.KERNEL, 350L)
        .containsEntry(Phase.REDUCE, 50L);
  }

  @Test
  void jobsAreMeasuredOneByOne() {
    plan(0, 0);
    start(0, kernel);
    end(500, kernel);
    plan(1000, 0);
    start(1000, kernel);
    end(1010, kernel);
    assertThat(meter.times(10, 0).phases()).containsEntry(Phase.KERNEL, 10L);
  }

  @Test
  void copiesAreNotKnownWhereThereAreNone() {
    plan(0, 0);
    assertThat(meter.times(10, 0).phase(Phase.HOST_TO_DEVICE)).isNull();
    assertThat(meter.times(10, 0).phase(Phase.DEVICE_TO_HOST)).isNull();
  }

  @Test
  void copiesCountWhileTheyAreOnTheLink() {
    plan(1000, 1000);
    copy(1100, 1400, 200, false);
    copy(1100, 1600, 200, false);
    start(1400, kernel);
    end(1800, kernel);
    copy(1800, 1850, 50, true);
    // 1200 to 1400 alone; 1400 to 1600 beside the kernel.
    assertThat(meter.times(2000, 0).phases())
        .containsEntry(Phase.COMPILE, 1100L)
        .containsEntry(Phase.HOST_TO_DEVICE, 300L)
        .containsEntry(Phase.KERNEL, 300L)
        .containsEntry(Phase.DEVICE_TO_HOST, 50L);
  }

  @Test
  void theWaitForASlotIsNotCounted() {
    plan(0, 0);
    meter.on(new JobEvent.TaskStarted(1, 0, kernel, 0, "reference"));
    meter.on(new JobEvent.TaskStarted(1, 0, kernel, 1, "reference"));
    meter.on(new JobEvent.TaskFinished(1, 100, kernel, 0, "reference", 100));
    meter.on(new JobEvent.TaskFinished(1, 150, kernel, 1, "reference", 40));
    assertThat(meter.times(150, 0).phases()).containsEntry(Phase.KERNEL, 140L);
  }

  @Test
  void aRefusedTaskIsNoTimeOfKernels() {
    plan(0, 0);
    meter.on(new JobEvent.TaskStarted(1, 0, kernel, 0, "far:0"));
    meter.on(new JobEvent.TaskRefused(1, 50, kernel, 0, "far:0", new IllegalStateException()));
    start(100, kernel);
    end(200, kernel);
    assertThat(meter.times(200, 0).phases()).containsEntry(Phase.KERNEL, 100L);
  }

  private void copy(long asked, long ended, long took, boolean toHost) {
    String from = toHost ? "far:0" : "cpu";
    String to = toHost ? "cpu" : "far:0";
    meter.on(new JobEvent.CopyStarted(1, asked, 0, 0, from, to, toHost, 8));
    meter.on(new JobEvent.CopyFinished(1, ended, 0, 0, from, to, toHost, 8, took, null));
  }

  private void plan(long nanos, long planNanos) {
    meter.on(new JobEvent.Planned(1, nanos, stages, 6, 80, 1000, planNanos));
  }

  private void start(long nanos, int stage) {
    begun.computeIfAbsent(stage, key -> new ArrayDeque<>()).add(nanos);
    meter.on(new JobEvent.TaskStarted(1, nanos, stage, 0, "reference"));
  }

  private void end(long nanos, int stage) {
    long took = nanos - begun.get(stage).remove();
    meter.on(new JobEvent.TaskFinished(1, nanos, stage, 0, "reference", took));
  }
}
