package dev.weft.core.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.ChunkSpec;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.expr.Expr;
import dev.weft.core.expr.Exprs;
import dev.weft.core.expr.ProductCut;
import dev.weft.core.fuse.ArrayDef.Storage;
import dev.weft.core.fuse.Stage.Work;
import dev.weft.core.optimize.Notation;
import dev.weft.core.optimize.Optimizer;
import dev.weft.core.shape.ChunkSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many stages, what is in them, and why they are not fewer. */
class FuserTest {
  private final Session session =
      Session.open(SessionConfig.defaults().withDevice("reference").withMemoryLimit(1L << 26));
  private final NDArray x = source("x", 1000).rechunk(100);
  private final NDArray m = source("m", 40, 50).rechunk(10, 50);

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

  private static List<String> labels(StageGraph graph) {
    return graph.stages().stream().map(Stage::label).toList();
  }

  private static long reads(StageGraph graph, String source) {
    return graph.stages().stream()
        .flatMap(stage -> stage.inputs().stream())
        .filter(i -> i instanceof Stage.Input.OfArray read && read.array().label().equals(source))
        .count();
  }

  private static int operations(Stage stage) {
    return ((Work.Fused) stage.work()).kernel().body().size();
  }

  @Test
  void aFormulaIsOneStage() {
    StageGraph graph = fuse(x.multiply(x).add(1).sqrt().rechunk(50));
    assertThat(labels(graph)).containsExactly("multiply_add_sqrt");
    assertThat(graph.stages().getFirst().iteration()).hasToString("[20*50]");
    assertThat(reads(graph, "x")).isOne();
    assertThat(graph.cuts()).extracting(FusionCut::reason).containsExactly("it is a result");
  }

  @Test
  void severalThatReadAnOperandInOtherChunksShareTheStepBetween() {
    NDArray rows = session.array(Notation.file("r", DType.FLOAT64, 256, 256), ChunkSpec.of(4, 256));
    NDArray columns =
        session.array(Notation.file("c", DType.FLOAT64, 256, 256), ChunkSpec.of(256, 4));
    NDArray result = rows.add(columns).subtract(rows.add(1).multiply(columns)).sum();
    StageGraph graph =
        Fuser.fuse(List.of(result.expr()), List.of(new Destination.Memory()), 1 << 17);
    assertThat(graph.arrays())
        .extracting(ArrayDef::label)
        .containsOnlyOnce("rechunk (a step)")
        .contains("c", "r");
  }

  @Test
  void aResultAskedForTwiceIsComputedOnceAndStoredTwice() {
    StageGraph graph = fuse(x.multiply(x), x.multiply(x), x.multiply(x));
    assertThat(labels(graph)).containsExactly("multiply");
    assertThat(operations(graph.stages().getFirst())).isEqualTo(2);
    assertThat(graph.stages().getFirst().outputs())
        .extracting(Stage.Output::array)
        .containsExactlyElementsOf(graph.results());
    assertThat(graph.results()).extracting(ArrayDef::id).doesNotHaveDuplicates();
  }

  @Test
  void meanAndDeviationReadTheirArrayOnce() {
    StageGraph graph = fuse(x.mean(), x.std(), x.max());
    assertThat(labels(graph).getFirst()).isEqualTo("sum_moments_max");
    assertThat(reads(graph, "x")).isOne();
    assertThat(labels(graph))
        .containsExactly(
            "sum_moments_max", "combine sum", "combine moments", "combine max", "divide", "sqrt");
  }

  @Test
  void reductionsOfDifferentAxesAreStagesOfTheirOwn() {
    assertThat(labels(fuse(m.sum(0), m.sum(1))))
        .containsExactly("sum", "combine sum", "sum", "combine sum");
    assertThat(labels(fuse(m.sum(0), m.exp().max(0))))
        .containsExactly("exp_sum_max", "combine sum", "combine max");
  }

  @Test
  void aMapAndItsReductionAreOneStage() {
    NDArray e = x.exp();
    StageGraph graph = fuse(e, e.sum());
    assertThat(labels(graph)).containsExactly("exp_sum", "combine sum");
    assertThat(graph.stages().getFirst().outputs()).hasSize(2);
  }

  @Test
  void callAndPutOfBlackScholesAreOneStage() {
    NDArray strike = source("k", 1000).rechunk(100);
    NDArray d1 = x.divide(strike).log().add(0.03).divide(0.2);
    NDArray d2 = d1.subtract(0.2);
    NDArray call = x.multiply(d1.exp()).subtract(strike.multiply(d2.exp()));
    NDArray put = strike.multiply(d2.negative().exp()).subtract(x.multiply(d1.negative().exp()));
    StageGraph graph = fuse(call, put);
    assertThat(graph.stages()).hasSize(1);
    assertThat(reads(graph, "x")).isOne();
    assertThat(reads(graph, "k")).isOne();
  }

  @Test
  void softmaxIsThreeSweepsWhereRowsAreCut() {
    NDArray cut = m.rechunk(10, 25);
    NDArray shifted = cut.subtract(cut.max(1).keepdims(m.shape(), 1)).exp();
    StageGraph graph = fuse(shifted.divide(shifted.sum(1).keepdims(m.shape(), 1)));
    assertThat(labels(graph))
        .containsExactly(
            "max", "combine max", "subtract_exp_sum", "combine sum", "subtract_exp_divide");
    assertThat(reads(graph, "m")).isEqualTo(3);
  }

  @Test
  void aStencilReadsItsSourceThroughThreeViews() {
    NDArray y = x.slice("2:").add(x.slice(":-2")).subtract(x.slice("1:-1").multiply(2.0));
    StageGraph graph = fuse(y);
    assertThat(graph.stages()).hasSize(1);
    assertThat(reads(graph, "x")).isEqualTo(3);
  }

  @Test
  void aStencilOfSomethingExpensiveReadsItFromMemory() {
    NDArray e = x.exp();
    StageGraph graph = fuse(e.slice("1:").subtract(e.slice(":-1")));
    assertThat(labels(graph)).containsExactly("exp", "subtract");
    assertThat(graph.cuts())
        .extracting(FusionCut::reason)
        .containsExactly("several operations see it through different views", "it is a result");
    assertThat(graph.arrays())
        .extracting(ArrayDef::storage)
        .containsExactly(Storage.EXTERNAL, Storage.CHUNKED, Storage.DENSE);
  }

  @Test
  void cheapWorkIsDoneAgainRatherThanKept() {
    NDArray cheap = m.add(1);
    StageGraph graph = fuse(cheap.sum(0), cheap.sum(1));
    assertThat(labels(graph)).containsExactly("add_sum", "combine sum", "add_sum", "combine sum");
    NDArray expensive = m.exp().sin().log();
    StageGraph kept = fuse(expensive.sum(0), expensive.sum(1));
    assertThat(labels(kept)).contains("sum").filteredOn(l -> l.contains("exp")).hasSize(1);
    assertThat(kept.cuts().getFirst().reason())
        .startsWith("2 kernels read it, and computing it again costs about");
  }

  @Test
  void libraryKernelsReadFromMemory() {
    assertThat(labels(fuse(m.add(1).matmul(m.t())))).containsExactly("add", "matmul_float64");
    NDArray cut = m.with(Exprs.matmul(m.add(1).expr(), m.t().expr(), new ProductCut(16, 1, 8)));
    assertThat(labels(fuse(cut))).containsExactly("add", "matmul_float64", "matmul_float64");
    // What is computed is computed in the pieces that the product reads.
    assertThat(fuse(cut).stages().getFirst().iteration().axis(1).longest()).isLessThan(16);
    assertThat(labels(fuse(x.exp().cumsum(0).log())))
        .containsExactly("exp", "cumsum_float64", "log");
    assertThat(labels(fuse(x.sqrt().take(new long[] {3}, 0))))
        .containsExactly("sqrt", "gather_float64");
    assertThat(labels(fuse(x.sqrt().map(v -> v).sqrt()))).containsExactly("sqrt", "map", "sqrt");
  }

  @Test
  void partsOfAConcatenationWriteIntoTheirPlaces() {
    StageGraph graph =
        fuse(session.concatenate(0, x.exp(), source("y", 30), source("none", 0)).rechunk(64));
    assertThat(labels(graph)).containsExactly("exp", "copy", "copy");
    assertThat(graph.stages().get(0).outputs().getFirst().shift()).containsExactly(0L);
    assertThat(graph.stages().get(1).outputs().getFirst().shift()).containsExactly(1000L);
    assertThat(graph.stages().get(0).outputs().getFirst().array().storage())
        .isEqualTo(Storage.CHUNKED);
  }

  @Test
  void reshapesShowDenseMemoryUnderAnotherShape() {
    StageGraph graph = fuse(x.exp().cumsum(0).reshape(10, 100).sum(0));
    ArrayDef alias =
        graph.arrays().stream().filter(a -> a.alias() != null).findFirst().orElseThrow();
    assertThat(alias.shape().toString()).isEqualTo("(10, 100)");
    assertThat(alias.alias().storage()).isEqualTo(Storage.DENSE);
    assertThat(alias.bytes()).isZero();
    assertThat(labels(graph)).containsExactly("exp", "cumsum_float64", "sum", "combine sum");
  }

  @Test
  void rechunksAreNoWork() {
    StageGraph graph = fuse(x.rechunk(10).add(1).rechunk(500).sqrt().rechunk(7).sum());
    assertThat(labels(graph)).containsExactly("add_sqrt_sum", "combine sum");
  }

  @Test
  void longChainsAreSplitAtTheLimit() {
    NDArray y = x;
    for (int i = 0; i < 1000; i++) {
      y = y.add(i);
    }
    StageGraph graph = fuse(y);
    assertThat(graph.stages()).hasSize(7);
    // Each operation has its scalar, and the first value is loaded.
    assertThat(graph.stages()).allMatch(stage -> operations(stage) <= 2 * Fuser.KERNEL_LIMIT + 1);
    assertThat(graph.cuts().getFirst().reason()).isEqualTo("the kernel would have 1001 operations");
  }

  @Test
  void longSumsAreSplitAtTheirRunningTotals() {
    NDArray y = x;
    for (int i = 0; i < 500; i++) {
      y = y.add(source("s" + i, 1000).multiply(2.0));
    }
    StageGraph graph = fuse(y);
    assertThat(graph.stages()).hasSizeBetween(7, 8);
    assertThat(graph.stages()).allMatch(stage -> stage.outputs().size() == 1);
  }

  @Test
  void manyResultsAreSpreadOverSeveralKernels() {
    List<NDArray> results = new ArrayList<>();
    IntStream.range(0, 100).forEach(i -> results.add(x.add(i)));
    StageGraph graph = fuse(results.toArray(NDArray[]::new));
    assertThat(graph.stages()).hasSize(7);
    assertThat(graph.stages()).allMatch(stage -> stage.outputs().size() <= 16);
  }

  @Test
  void drawsAreNotMadeTwice() {
    NDArray noise = session.random(3).normal(1000).rechunk(100);
    StageGraph graph = fuse(noise.sum(), noise.reshape(10, 100).rechunk(10, 10).max(0));
    assertThat(graph.stages()).hasSize(4);
  }
}
