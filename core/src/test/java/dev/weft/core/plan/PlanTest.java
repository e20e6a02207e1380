package dev.weft.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.weft.core.ChunkSpec;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.expr.Exprs;
import dev.weft.core.expr.ProductCut;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.Destination;
import dev.weft.core.fuse.Stage;
import dev.weft.core.optimize.Notation;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlanTest {
  private final Session session =
      Session.open(SessionConfig.defaults().withDevice("reference").withMemoryLimit(1L << 26));

  @AfterEach
  void close() {
    session.close();
  }

  private NDArray source(ChunkSpec chunks, long... extents) {
    return session.array(Notation.source("x", DType.FLOAT64, extents), chunks);
  }

  /** What a task reads, as stage/task of its maker. */
  private static List<String> reads(Plan plan, int stage, long task) {
    PlannedTasks tasks = new PlannedTasks(plan, false);
    List<String> reads = new ArrayList<>();
    tasks.reads(tasks.task(stage, task), item -> reads.add(name(tasks, tasks.producer(item))));
    return reads;
  }

  private static String name(PlannedTasks tasks, int task) {
    return tasks.kind(task) + "/" + tasks.chunk(task);
  }

  @Test
  void aMapHasOneTaskForEachChunk() {
    Plan plan = Plans.of(source(ChunkSpec.of(10), 35).exp());
    assertThat(plan.tasks()).isEqualTo(4);
    assertThat(plan.isIndependent(0)).isTrue();
    assertThat(plan.denseBytes()).isEqualTo(35 * 8);
    assertThat(plan.resultBytes()).isEqualTo(35 * 8);
    assertThat(plan.bytesRead()).isEqualTo(35 * 8);
    assertThat(plan.bytesTemporary(0, 0)).isZero();
    assertThat(plan.finalStages()).containsExactly(0);
  }

  @Test
  void whatGoesToATargetByRegionsIsKeptInChunks() {
    NDArray x = source(ChunkSpec.of(10), 35).exp();
    Plan plan = Plans.of(new Destination.Regions(null), x);
    assertThat(plan.graph().stages()).extracting(Stage::label).containsExactly("exp", "write");
    assertThat(plan.denseBytes()).isZero();
    assertThat(plan.resultBytes()).isZero();
    PlannedTasks tasks = new PlannedTasks(plan, false);
    ArrayDef made = plan.graph().stages().getFirst().outputs().getFirst().array();
    assertThat(tasks.bytes(tasks.item(made, 3))).isEqualTo(40);
    assertThat(plan.bytesTemporary(1, 0)).isZero();
    tasks.writes(tasks.task(1, 0), item -> fail("a write makes no item, not " + item));
    assertThat(plan.finalStages()).containsExactly(1);
    assertThat(reads(plan, 1, 3)).containsExactly("0/3");
  }

  @Test
  void whatATargetWantsInItsOwnChunksIsComputedInThem() {
    NDArray x = source(ChunkSpec.of(10), 35).exp();
    Plan plan = Plans.of(new Destination.Regions(Chunks.regular(Shape.of(35), 16)), x);
    assertThat(plan.graph().stages()).extracting(Stage::label).containsExactly("exp", "write");
    assertThat(plan.graph().stages()).extracting(s -> s.iteration().count()).containsOnly(3L);
  }

  @Test
  void aCombinationReadsTheChunksOfItsCells() {
    Plan plan = Plans.of(source(ChunkSpec.of(10, 20), 30, 40).sum(0));
    assertThat(plan.chunks(0)).isEqualTo(6);
    assertThat(plan.chunks(1)).isEqualTo(2);
    assertThat(reads(plan, 1, 0)).containsExactly("0/0", "0/2", "0/4");
    assertThat(reads(plan, 1, 1)).containsExactly("0/1", "0/3", "0/5");
    ArrayDef partials = plan.graph().stages().getFirst().outputs().getFirst().array();
    PlannedTasks tasks = new PlannedTasks(plan, false);
    assertThat(tasks.bytes(tasks.item(partials, 0))).isEqualTo(20 * 8);
  }

  @Test
  void aViewReadsTheChunksInItsReach() {
    NDArray e = source(ChunkSpec.of(10), 40).exp();
    Plan plan = Plans.of(e.slice("5:35").subtract(e.slice("::-1").slice("5:35")));
    assertThat(plan.chunks(0)).isEqualTo(4);
    for (int task = 0; task < plan.chunks(1); task++) {
      assertThat(reads(plan, 1, task)).hasSizeLessThanOrEqualTo(2).doesNotContain("1/0");
    }
    assertThat(reads(plan, 1, 0)).contains("0/0", "0/3");
    NDArray some = source(ChunkSpec.of(10), 40).exp().take(new long[] {7, 1}, 0);
    assertThat(reads(Plans.of(some), 1, 0)).containsExactly("0/0", "0/1", "0/2", "0/3");
  }

  @Test
  void aScanGoesOnFromTheChunkBefore() {
    Plan plan = Plans.of(source(ChunkSpec.of(10, 20), 40, 60).exp().cumsum(0));
    assertThat(plan.chunks(1)).isEqualTo(12);
    assertThat(reads(plan, 1, 2)).containsExactly("0/2");
    // What it goes on from is made first, or else all other operands would be.
    assertThat(reads(plan, 1, 11)).containsExactly("1/8", "0/11");
    PlannedTasks tasks = new PlannedTasks(plan, false);
    ArrayDef sums = plan.graph().results().getFirst();
    assertThat(tasks.readers(tasks.item(sums, 8))).isEqualTo(1);
    assertThat(tasks.readers(tasks.item(sums, 11))).isZero();
    assertThat(reads(Plans.of(source(ChunkSpec.of(-1), 0).exp().cumsum(0)), 1, 0)).hasSize(1);
  }

  @Test
  void aProductGoesOnFromThePieceBefore() {
    NDArray a = source(ChunkSpec.of(5, 5), 4, 10).exp();
    NDArray b = source(ChunkSpec.of(5, 5), 10, 4).exp();
    Plan plan = Plans.of(a.with(Exprs.matmul(a.expr(), b.expr(), new ProductCut(2, 1, 3))));
    // Pieces of 3, 3 and 4; all but the last are added up by a stage of its own.
    assertThat(plan.chunks(2)).isEqualTo(4 * 2);
    assertThat(plan.chunks(3)).isEqualTo(4);
    assertThat(reads(plan, 2, 6)).containsExactly("0/3", "1/1");
    assertThat(reads(plan, 2, 7)).containsExactly("2/6", "0/4", "1/3");
    assertThat(reads(plan, 3, 3)).containsExactly("2/7", "0/5", "1/5");
    ArrayDef sums = plan.graph().stages().get(2).outputs().getFirst().array();
    PlannedTasks tasks = new PlannedTasks(plan, false);
    assertThat(tasks.bytes(tasks.item(sums, 0))).isEqualTo(2 * 2 * 8);
    assertThat(tasks.readers(tasks.item(sums, 0))).isEqualTo(1);
    assertThat(plan.largestTask().bytes()).isEqualTo((2 * 4 + 2 * 4 + 2 * 2 + 2 * 2) * 8);
  }

  @Test
  void partsOfAConcatenationAreFoundByTheirPlaces() {
    NDArray x = source(ChunkSpec.of(10), 20);
    Plan plan = Plans.of(session.concatenate(0, x.exp(), x.sin()).take(new long[] {3}, 0));
    assertThat(reads(plan, 2, 0)).containsExactly("0/0", "0/1", "1/0", "1/1");
  }

  @Test
  void aReshapeReadsAllOfItsArray() {
    NDArray x = source(ChunkSpec.of(10), 20).exp();
    Plan plan = Plans.of(x.reshape(4, 5).rechunk(1, 5).sum(1));
    // A task of its own waits for all chunks, and the readers wait for this one.
    String wait = plan.graph().stages().size() + "/0";
    assertThat(reads(plan, 1, 3)).containsExactly(wait);
    PlannedTasks tasks = new PlannedTasks(plan, false);
    List<String> all = new ArrayList<>();
    tasks.reads(tasks.tasks() - 1, item -> all.add(name(tasks, tasks.producer(item))));
    assertThat(all).containsExactly("0/0", "0/1");
    assertThat(plan.denseBytes()).isEqualTo((20 + 4) * 8);
  }

  @Test
  void theLargestTaskCountsWhatItReadsCopiesAndWrites() {
    NDArray e = source(ChunkSpec.of(10), 40).exp();
    assertThat(Plans.of(e).largestTask().bytes()).isZero();
    NDArray file = session.array(Notation.file("f", DType.FLOAT64, 40), ChunkSpec.of(10)).exp();
    assertThat(Plans.of(file).largestTask().bytes()).isEqualTo(80);
    assertThat(Plans.of(e.take(new long[] {3}, 0)).largestTask().bytes())
        .isEqualTo(40 * 8 + 40 * 8);
    assertThat(Plans.of(e.cumsum(0)).largestTask().bytes()).isEqualTo(80);
    assertThat(Plans.of(e.cumsum(0).sin()).largestTask().bytes()).isEqualTo(3 * 80);
  }
}
