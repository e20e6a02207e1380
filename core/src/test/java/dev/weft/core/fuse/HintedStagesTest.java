package dev.weft.core.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.expr.Expr;
import dev.weft.core.optimize.Notation;
import dev.weft.core.optimize.Optimizer;
import dev.weft.core.shape.ChunkSize;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which stages a hint belongs to, and where it stops fusion. */
class HintedStagesTest {
  private final Session session =
      Session.open(SessionConfig.defaults().withDevice("reference").withMemoryLimit(1L << 26));
  private final NDArray x = source("x", 1000).rechunk(100);
  private final NDArray m = source("m", 40, 40).rechunk(10, 40);

  @AfterEach
  void close() {
    session.close();
  }

  private NDArray source(String name, long... extents) {
    return session.array(Notation.source(name, DType.FLOAT64, extents));
  }

  private static StageGraph fuse(NDArray... arrays) {
    List<Expr> roots = List.of(arrays).stream().map(NDArray::expr).toList();
    return Fuser.fuse(new Optimizer(new ChunkSize(1 << 20), Set.of()).run(roots).getLast().roots());
  }

  private static List<String> stages(NDArray... arrays) {
    return fuse(arrays).stages().stream()
        .map(stage -> stage.label() + (stage.device() == null ? "" : " on " + stage.device()))
        .toList();
  }

  @Test
  void aHintStopsNoFusionByItself() {
    assertThat(stages(x.exp().on("cuda:0"))).containsExactly("exp on cuda:0");
    assertThat(stages(x.exp().on("cuda:0").sin())).containsExactly("exp_sin on cuda:0");
    assertThat(stages(x.exp().sin().on("cuda:0"))).containsExactly("exp_sin on cuda:0");
    assertThat(stages(x.exp().on("cuda").add(x.sin().on("cuda"))))
        .containsExactly("sin_exp_add on cuda");
  }

  @Test
  void twoDevicesAreTwoKernels() {
    NDArray two = x.exp().on("cuda:0").sin().on("cuda:1");
    assertThat(stages(two)).containsExactly("exp on cuda:0", "sin on cuda:1");
    assertThat(fuse(two).cuts())
        .extracting(FusionCut::reason)
        .contains("asked for on cuda:0, but what reads it on cuda:1");
    assertThat(stages(x.exp().on("cuda:0").sin().on("cuda:1").add(x).on("cuda:0")))
        .containsExactly("exp on cuda:0", "sin on cuda:1", "add on cuda:0");
  }

  @Test
  void theOuterOneOfTwoHintsCounts() {
    assertThat(stages(x.exp().on("cuda:0").on("cpu"))).containsExactly("exp on cpu");
  }

  @Test
  void aReductionOfWhatWasAskedForRunsWhereThatIsComputed() {
    assertThat(stages(x.exp().on("cuda:0").sum()))
        .containsExactly("exp_sum on cuda:0", "combine sum");
    assertThat(stages(x.exp().sum().on("cuda:0")))
        .containsExactly("exp_sum on cuda:0", "combine sum");
  }

  @Test
  void resultsForDifferentDevicesShareNoKernel() {
    assertThat(stages(x.exp(), x.sin())).hasSize(1);
    assertThat(stages(x.exp().on("cuda:0"), x.sin()))
        .containsExactlyInAnyOrder("exp on cuda:0", "sin");
    assertThat(stages(x.exp().on("cuda:0"), x.sin().on("cuda:0"))).hasSize(1);
  }

  @Test
  void libraryKernelsHaveTheirOwn() {
    NDArray whole = source("w", 40, 40);
    assertThat(stages(whole.exp().on("cpu").matmul(whole).on("cuda:1").cumsum(0)))
        .containsExactly("exp on cpu", "matmul_float64 on cuda:1", "cumsum_float64");
  }

  @Test
  void sourcesAndDrawsPassTheirHintToTheKernelsThatReadThem() {
    assertThat(stages(x.on("cuda:0").exp())).containsExactly("exp on cuda:0");
    assertThat(stages(session.random(7).normal(1000).on("cuda:0").exp().sum()).getFirst())
        .endsWith(" on cuda:0");
    assertThat(stages(x.on("cuda:0").exp().on("cpu"))).containsExactly("exp on cpu");
  }

  @Test
  void aViewMovesBelowItsHint() {
    assertThat(stages(m.exp().on("cuda:0").slice("3:7").t().sin()))
        .containsExactly("exp_sin on cuda:0");
    assertThat(stages(x.exp().on("cuda:0").reshape(10, 100).sin())).contains("exp on cuda:0");
  }

  @Test
  void aValueThatIsKeptAnywayIsMadeWhereItWasAskedFor() {
    NDArray kept = x.exp().on("cuda:0");
    assertThat(stages(kept.cumsum(0).sin()))
        .containsExactly("exp on cuda:0", "cumsum_float64", "sin");
  }
}
