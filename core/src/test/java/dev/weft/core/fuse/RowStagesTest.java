package dev.weft.core.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.expr.Expr;
import dev.weft.core.fuse.Stage.Work;
import dev.weft.core.kernel.RowProgram;
import dev.weft.core.optimize.Notation;
import dev.weft.core.optimize.Optimizer;
import dev.weft.core.plan.Plan;
import dev.weft.core.plan.PlannedTasks;
import dev.weft.core.shape.ChunkSize;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which stages become row programs, what these read, and why others do not. */
class RowStagesTest {
  private final Session session =
      Session.open(SessionConfig.defaults().withDevice("reference").withMemoryLimit(1L << 26));
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

  private static RowProgram program(Stage stage) {
    return ((Work.Rows) stage.work()).program();
  }

  private NDArray column(NDArray ofRows) {
    return ofRows.expandDims(1);
  }

  private NDArray softmax(NDArray x) {
    NDArray e = x.subtract(column(x.max(1))).exp();
    return e.divide(column(e.sum(1)));
  }

  private NDArray standardised(NDArray x) {
    return x.subtract(column(x.mean(1))).divide(column(x.std(1)));
  }

  @Test
  void softmaxReadsItsRowsOnce() {
    StageGraph graph = fuse(softmax(m));
    assertThat(labels(graph)).containsExactly("max then subtract_exp_sum then subtract_exp_divide");
    Stage stage = graph.stages().getFirst();
    assertThat(stage.inputs()).hasSize(1);
    assertThat(stage.outputs()).hasSize(1);
    assertThat(program(stage).steps()).hasSize(3);
    assertThat(program(stage).kept()).allMatch(RowProgram.Kept::ofCells).hasSize(2);
    assertThat(graph.arrays()).hasSize(2);
    assertThat(graph.cuts()).extracting(FusionCut::reason).containsExactly("it is a result");
  }

  @Test
  void aTaskReadsAndWritesItsRowsOnceAndKeepsLittleElsewhere() {
    PlannedTasks tasks = new PlannedTasks(new Plan(fuse(softmax(m))), true);
    assertThat(tasks.traffic(0)).isEqualTo(2 * 10 * 50 * Double.BYTES);
    // Two values for each of ten rows, in lines of 64 bytes; the host keeps them in its cache.
    assertThat(tasks.scratch(0, false)).isEqualTo(2 * 128);
    assertThat(tasks.scratch(0, true)).isZero();
    assertThat(tasks.isSlabbed(0)).isTrue();
    assertThat(tasks.isHostWork(0)).isFalse();
  }

  @Test
  void whatIsWantedIsWrittenAndWhatIsNotIsKept() {
    NDArray mean = m.mean(1);
    StageGraph graph = fuse(mean, m.subtract(column(mean)).divide(column(m.std(1))));
    assertThat(graph.stages()).hasSize(1);
    Stage stage = graph.stages().getFirst();
    assertThat(stage.outputs()).extracting(Stage.Output::array).isEqualTo(graph.results());
    // The mean and the deviation are made once a row, of values that are kept.
    assertThat(program(stage).steps()).filteredOn(RowProgram.Step::overCells).isNotEmpty();
  }

  @Test
  void aProgramEndsWhereRowsMeet() {
    NDArray y = softmax(m);
    StageGraph graph = fuse(y.divide(y.sum(0)));
    assertThat(labels(graph))
        .containsExactly(
            "max then subtract_exp_sum",
            "subtract_exp_divide_sum",
            "combine sum",
            "subtract_exp_divide_divide");
    assertThat(graph.stages().getFirst().work()).isInstanceOf(Work.Rows.class);
    // The sum over columns is another stage, and what needs it cannot be of the program before.
    assertThat(graph.stages().getLast().work()).isInstanceOf(Work.Fused.class);
  }

  @Test
  void stagesReadOnlyWhatEarlierOnesMake() {
    NDArray n = source("n", 40, 50).rechunk(10, 50);
    NDArray a = softmax(m);
    NDArray b = softmax(n.add(a.sum(0)));
    StageGraph graph = fuse(b.add(a), softmax(a.multiply(b)));
    assertThat(graph.stages()).filteredOn(s -> s.work() instanceof Work.Rows).isNotEmpty();
    for (Stage stage : graph.stages()) {
      for (Stage.Input input : stage.inputs()) {
        ArrayDef array = ((Stage.Input.OfArray) input).array();
        assertThat(graph.arrays().get(array.id())).isSameAs(array);
        for (Stage maker : graph.stages()) {
          if (maker.outputs().stream().anyMatch(output -> output.array() == array)) {
            assertThat(maker.id()).isLessThan(stage.id());
          }
        }
      }
    }
  }

  @Test
  void devicesThatWereAskedForAreKeptApart() {
    NDArray mean = m.mean(1).on("cpu");
    StageGraph graph = fuse(m.subtract(column(mean)).on("cuda"));
    assertThat(graph.stages()).noneMatch(stage -> stage.work() instanceof Work.Rows);
  }

  @Test
  void onlySeveralSweepsOverRowsAreAProgram() {
    assertThat(labels(fuse(m.mean(1)))).containsExactly("sum", "combine sum", "divide");
    assertThat(labels(fuse(m.sum(1).sqrt(), m.max(1))))
        .contains("combine sum", "combine max")
        .doesNotContain("sum_max then sqrt");
  }

  @Test
  void longChainsAreSeveralPrograms() {
    NDArray x = m;
    for (int i = 0; i < 40; i++) {
      x = x.subtract(column(x.max(1)));
    }
    StageGraph graph = fuse(x);
    assertThat(graph.stages()).hasSizeGreaterThan(1);
    for (Stage stage : graph.stages()) {
      if (stage.work() instanceof Work.Rows rows) {
        assertThat(rows.program().steps()).hasSizeLessThanOrEqualTo(32);
      }
    }
  }

  @Test
  void reasonsAreGivenWhereRowsAreNotWhole() {
    NDArray cut = m.rechunk(10, 20);
    assertThat(fuse(standardised(cut)).cuts())
        .extracting(FusionCut::reason)
        .anyMatch(
            reason ->
                reason.equals(
                    "what reads it is another stage: axis 1 is cut into 3 chunks, so that no task has whole rows"));
    assertThat(fuse(m.subtract(m.mean(0))).cuts())
        .extracting(FusionCut::reason)
        .anyMatch(reason -> reason.contains("but axes [0] of 2 are reduced"));
    assertThat(fuse(m.subtract(m.mean())).cuts())
        .extracting(FusionCut::reason)
        .noneMatch(reason -> reason.contains("another stage"));
  }
}
