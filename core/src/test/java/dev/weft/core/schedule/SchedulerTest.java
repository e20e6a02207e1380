package dev.weft.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.ChunkSpec;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.optimize.Notation;
import dev.weft.core.plan.Plans;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Exact instruction lists: what runs when, what is freed when, and how jobs end. */
class SchedulerTest {
  private static final long PLENTY = 1L << 40;

  private final Session session =
      Session.open(SessionConfig.defaults().withDevice("reference").withMemoryLimit(1L << 26));
  private final NDArray x =
      session.array(Notation.source("x", DType.FLOAT64, 40), ChunkSpec.of(10));

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void oneStageRunsInOrderInAllSlots() {
    assertThat(new Simulation(Plans.of(x.exp()), PLENTY).start(2).toTheEnd().log)
        .containsExactly(
            "run 0/0",
            "run 0/1",
            "done 0/0",
            "run 0/2",
            "done 0/1",
            "run 0/3",
            "done 0/2",
            "done 0/3",
            "finish");
  }

  @Test
  void partialResultsAreFreedOnceTheyAreCombined() {
    assertThat(new Simulation(Plans.of(x.sum()), PLENTY).start(2).toTheEnd().log)
        .containsExactly(
            "run 0/0",
            "run 0/1",
            "done 0/0",
            "run 0/2",
            "done 0/1",
            "run 0/3",
            "done 0/2",
            "done 0/3",
            "run 1/0",
            "done 1/0",
            "free a1/0",
            "free a1/1",
            "free a1/2",
            "free a1/3",
            "finish");
  }

  @Test
  void chunksAreFreedByTheirLastReaderAndReadBeforeNewOnesAreMade() {
    NDArray e = x.exp();
    Simulation run = new Simulation(Plans.of(e.slice("1:").subtract(e.slice(":-1"))), PLENTY);
    assertThat(run.start(1).toTheEnd().log)
        .containsExactly(
            "run 0/0",
            "done 0/0",
            "run 0/1",
            "done 0/1",
            "run 1/0",
            "done 1/0",
            "free a1/0",
            "run 0/2",
            "done 0/2",
            "run 1/1",
            "done 1/1",
            "free a1/1",
            "run 0/3",
            "done 0/3",
            "run 1/2",
            "done 1/2",
            "free a1/2",
            "run 1/3",
            "done 1/3",
            "free a1/3",
            "finish");
  }

  @Test
  void afterAFailureNothingStartsAndTheFirstReasonCounts() {
    Simulation run = new Simulation(Plans.of(x.exp()), PLENTY).start(2);
    run.fails().fails();
    assertThat(run.log).containsExactly("run 0/0", "run 0/1", "fail 0/0", "fail 0/1", "failed");
  }

  @Test
  void aFailureWaitsForWhatIsRunning() {
    Simulation run = new Simulation(Plans.of(x.sum()), PLENTY).start(3);
    run.fails().toTheEnd();
    assertThat(run.log)
        .containsExactly(
            "run 0/0", "run 0/1", "run 0/2", "fail 0/0", "done 0/1", "done 0/2", "failed");
  }

  @Test
  void cancellingStopsBeforeDuringAndAfter() {
    Simulation before = new Simulation(Plans.of(x.exp()), PLENTY).handle(new Event.Cancelled());
    assertThat(before.start(2).log).containsExactly("cancelled");
    Simulation during = new Simulation(Plans.of(x.exp()), PLENTY).start(1);
    assertThat(during.handle(new Event.Cancelled()).toTheEnd().log)
        .containsExactly("run 0/0", "done 0/0", "cancelled");
    Simulation after = new Simulation(Plans.of(x.exp()), PLENTY).start(4).toTheEnd();
    assertThat(after.handle(new Event.Cancelled()).log).endsWith("finish");
  }

  @Test
  void otherFailuresStopTheJobToo() {
    Simulation run = new Simulation(Plans.of(x.exp()), PLENTY).start(1);
    run.handle(new Event.Failed(new IllegalStateException())).toTheEnd();
    assertThat(run.log).containsExactly("run 0/0", "done 0/0", "failed");
  }

  @Test
  void tasksThatWouldPassTheLimitWaitForOthers() {
    // Each task copies 80 bytes of its source; 200 bytes hold two of them.
    Simulation run = new Simulation(Plans.of(x.exp()), 200).start(4).toTheEnd();
    assertThat(run.most()).isEqualTo(2);
    assertThat(run.scheduler.peak()).isEqualTo(160);
    assertThat(run.log).endsWith("finish");
  }

  @Test
  void aTaskThatIsAloneMayPassTheLimit() {
    Simulation run = new Simulation(Plans.of(x.exp()), 1).start(4).toTheEnd();
    assertThat(run.most()).isOne();
    assertThat(run.log).endsWith("finish");
  }

  @Test
  void severalResultsGrowTogether() {
    NDArray y = session.array(Notation.source("y", DType.FLOAT64, 20), ChunkSpec.of(10));
    assertThat(new Simulation(Plans.of(x.exp(), y.sin()), PLENTY).start(1).toTheEnd().log)
        .containsSubsequence("run 0/0", "run 1/0", "run 0/1", "run 0/2", "run 1/1", "run 0/3");
  }

  @Test
  void anEmptyJobFinishesAtOnce() {
    assertThat(new Simulation(Plans.of(), PLENTY).start(4).log).containsExactly("finish");
  }
}
