package dev.weft.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.ChunkSpec;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.expr.Exprs;
import dev.weft.core.expr.ProductCut;
import dev.weft.core.optimize.Notation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bytes and additions of tasks, counted by hand. */
class StageWorkTest {
  private final Session session =
      Session.open(SessionConfig.defaults().withDevice("reference").withMemoryLimit(1L << 26));

  @AfterEach
  void close() {
    session.close();
  }

  private NDArray source(String name, long chunk, long... extents) {
    return session.array(Notation.source(name, DType.FLOAT64, extents), ChunkSpec.of(chunk, chunk));
  }

  private static TaskWork first(NDArray array, int stage) {
    Plan plan = Plans.of(array);
    return new StageWork(plan.graph().stages()).of(stage, 0);
  }

  @Test
  void aMapReadsAndWritesItsChunks() {
    // 100 elements: two are read and one is written, 8 bytes each; a product and a sum.
    NDArray x = source("x", 10, 20, 20);
    NDArray y = source("y", 10, 20, 20);
    assertThat(first(x.multiply(y).add(y), 0)).isEqualTo(new TaskWork(2400, 200));
  }

  @Test
  void aReductionWritesOnePartialResultForEachCell() {
    // 10 cells of one 8-byte word; one addition for each of 100 elements.
    NDArray x = source("x", 10, 20, 20);
    assertThat(first(x.sum(0), 0)).isEqualTo(new TaskWork(800 + 80, 100));
    // Two chunks of partial results are joined into 10 values.
    assertThat(first(x.sum(0), 1).bytes()).isEqualTo(2 * 80 + 80);
  }

  @Test
  void aProductOfMatricesCountsMultiplicationsAndAdditions() {
    // 20 by 10 of the result, over 30 inner elements.
    TaskWork work = first(source("a", 30, 20, 30).matmul(source("b", 30, 30, 10)), 0);
    assertThat(work).isEqualTo(new TaskWork((600 + 300 + 200) * 8, 2 * 20 * 10 * 30));
    // In pieces of 8, 8 and 14, which read and write what has been added up so far.
    NDArray a = source("a", 30, 20, 30);
    NDArray b = source("b", 30, 30, 10);
    NDArray product = a.with(Exprs.matmul(a.expr(), b.expr(), new ProductCut(20, 1, 8)));
    StageWork pieces = new StageWork(Plans.of(product).graph().stages());
    assertThat(pieces.of(0, 0)).isEqualTo(new TaskWork((160 + 80 + 200) * 8, 2 * 20 * 10 * 8));
    assertThat(pieces.of(0, 1).bytes()).isEqualTo((160 + 80 + 2 * 200) * 8);
    assertThat(pieces.of(1, 0))
        .isEqualTo(new TaskWork((280 + 140 + 2 * 200) * 8, 2 * 20 * 10 * 14));
  }

  @Test
  void aScanReadsWhatItGoesOnFrom() {
    NDArray scan = source("x", 10, 30, 10).cumsum(0);
    assertThat(first(scan, 0)).isEqualTo(new TaskWork((100 + 100) * 8, 100));
    StageWork work = new StageWork(Plans.of(scan).graph().stages());
    assertThat(work.of(0, 1)).isEqualTo(new TaskWork((100 + 10 + 100) * 8, 100));
  }
}
