package dev.weft.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.ChunkSpec;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.optimize.Notation;
import dev.weft.core.plan.Plans;
import dev.weft.core.shape.Shape;
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

  /** Chunks of 7 from chunks of 1: each task copies its 56 bytes. */
  private NDArray copying(long extent) {
    ArraySource left = new ResidentChunksTest.Left("left", DType.FLOAT64, Shape.of(extent));
    return session.array(left, ChunkSpec.of(1)).rechunk(7).exp();
  }

  @Test
  void oneStageRunsInOrderInAllSlots() {
    assertThat(new Simulation(Plans.of(x.exp()), 1, PLENTY).start().toTheEnd().log)
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
    assertThat(new Simulation(Plans.of(x.sum()), 1, PLENTY).start().toTheEnd().log)
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
    Simulation run = new Simulation(Plans.of(e.slice("1:").subtract(e.slice(":-1"))), 1, PLENTY);
    assertThat(run.start().toTheEnd().log)
        .containsExactly(
            "run 0/0",
            "run 0/1",
            "done 0/0",
            "run 0/2",
            "done 0/1",
            "run 1/0",
            "done 0/2",
            "run 1/1",
            "done 1/0",
            "free a1/0",
            "run 0/3",
            "done 1/1",
            "free a1/1",
            "done 0/3",
            "run 1/2",
            "run 1/3",
            "done 1/2",
            "free a1/2",
            "done 1/3",
            "free a1/3",
            "finish");
  }

  @Test
  void afterAFailureNothingStartsAndTheFirstReasonCounts() {
    Simulation run = new Simulation(Plans.of(x.exp()), 1, PLENTY).start();
    run.fails().fails();
    assertThat(run.log).containsExactly("run 0/0", "run 0/1", "fail 0/0", "fail 0/1", "failed");
  }

  @Test
  void aFailureWaitsForWhatIsRunning() {
    Simulation run = new Simulation(Plans.of(x.sum()), 2, PLENTY).start();
    run.fails().toTheEnd();
    assertThat(run.log)
        .containsExactly(
            "run 0/0", "run 0/1", "run 0/2", "fail 0/0", "done 0/1", "done 0/2", "failed");
  }

  @Test
  void cancellingStopsBeforeDuringAndAfter() {
    Simulation before = new Simulation(Plans.of(x.exp()), 1, PLENTY).handle(new Event.Cancelled(0));
    assertThat(before.start().log).containsExactly("cancelled");
    Simulation during = new Simulation(Plans.of(x.exp()), 1, PLENTY).start();
    assertThat(during.handle(new Event.Cancelled(0)).toTheEnd().log)
        .containsExactly("run 0/0", "run 0/1", "done 0/0", "done 0/1", "cancelled");
    Simulation after = new Simulation(Plans.of(x.exp()), 3, PLENTY).start().toTheEnd();
    assertThat(after.handle(new Event.Cancelled(0)).log).endsWith("finish");
  }

  @Test
  void otherFailuresStopTheJobToo() {
    Simulation run = new Simulation(Plans.of(x.exp()), 1, PLENTY).start();
    run.handle(new Event.Failed(0, new IllegalStateException())).toTheEnd();
    assertThat(run.log).containsExactly("run 0/0", "run 0/1", "done 0/0", "done 0/1", "failed");
  }

  @Test
  void tasksThatWouldPassTheLimitWaitForOthers() {
    // 140 bytes hold the copies of two tasks.
    Simulation run = new Simulation(Plans.of(copying(70)), 3, 140).start().toTheEnd();
    assertThat(run.most()).isEqualTo(2);
    assertThat(run.scheduler.peak(0)).isEqualTo(112);
    assertThat(run.log).endsWith("finish");
  }

  @Test
  void aTaskThatIsAloneMayPassTheLimit() {
    Simulation run = new Simulation(Plans.of(copying(70)), 3, 1).start().toTheEnd();
    assertThat(run.most()).isOne();
    assertThat(run.log).endsWith("finish");
  }

  @Test
  void severalResultsGrowTogether() {
    NDArray y = session.array(Notation.source("y", DType.FLOAT64, 20), ChunkSpec.of(10));
    assertThat(new Simulation(Plans.of(x.exp(), y.sin()), 1, PLENTY).start().toTheEnd().log)
        .containsSubsequence("run 0/0", "run 1/0", "run 0/1", "run 0/2", "run 1/1", "run 0/3");
  }

  @Test
  void tasksThatAreTooSmallAreStartedTogether() {
    NDArray many = session.array(Notation.source("m", DType.FLOAT64, 160), ChunkSpec.of(10));
    Simulation run = Simulation.fast(Plans.of(many.exp()), 1, PLENTY).start().toTheEnd();
    // Half of what is left each time, so that slots end together.
    assertThat(run.log)
        .containsExactly(
            "run 0/0+7",
            "run 0/8+3",
            "done 0/0+7",
            "run 0/12+1",
            "done 0/8+3",
            "run 0/14",
            "done 0/12+1",
            "run 0/15",
            "done 0/14",
            "done 0/15",
            "finish");
  }

  @Test
  void tasksStartedTogetherHaveRoom() {
    // 290 bytes hold the copies of five tasks.
    Simulation run = Simulation.fast(Plans.of(copying(140)), 1, 290).start().toTheEnd();
    assertThat(run.log).startsWith("run 0/0+4").endsWith("finish");
    assertThat(run.scheduler.peak(0)).isEqualTo(5 * 56);
  }

  @Test
  void whatIsMadeAheadLeavesRoomForAChainThatWaits() {
    NDArray m = session.array(Notation.source("m", DType.FLOAT64, 400), ChunkSpec.of(10));
    // Room for ten chunks of 80 bytes; the first sum takes for ever.
    Simulation run = new Simulation(Plans.of(m.exp().cumsum(0).sqrt()), 2, 800).start();
    run.toTheEndBut(1);
    assertThat(run.scheduler.peak(0)).isEqualTo(720);
    run.done();
    assertThat(run.log).containsSubsequence("done 1/0", "run 1/1");
  }

  @Test
  void anEmptyJobFinishesAtOnce() {
    assertThat(new Simulation(Plans.of(), 3, PLENTY).start().log).containsExactly("finish");
  }
}
