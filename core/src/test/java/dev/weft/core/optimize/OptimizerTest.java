package dev.weft.core.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.expr.Expr;
import dev.weft.core.shape.ChunkSize;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OptimizerTest {
  private final Session session =
      Session.open(SessionConfig.defaults().withDevice("reference").withMemoryLimit(1 << 20));
  private final NDArray x = session.array(Notation.source("x", DType.FLOAT64, 100));

  private List<Optimizer.Step> run(NDArray array, String... disabled) {
    return new Optimizer(new ChunkSize(1 << 20), Set.of(disabled)).run(List.of(array.expr()));
  }

  @Test
  void everyPassIsListedOnceAndAgainWhereItChangesSomething() {
    assertThat(run(x.exp()).stream().map(Optimizer.Step::pass))
        .containsExactly(
            "fold constants",
            "simplify",
            "merge common subexpressions",
            "push views",
            "align chunks");
    assertThat(run(x.exp())).noneMatch(Optimizer.Step::changed);
    List<Optimizer.Step> steps =
        run(x.rechunk(30).add(session.full(DType.FLOAT64, 1, 100)).slice("3"));
    assertThat(steps.getLast().roots().getFirst()).isInstanceOf(Expr.Elementwise.class);
  }

  @Test
  void passesCanBeSwitchedOff() {
    NDArray expression = x.multiply(1.0).exp().slice("1:");
    assertThat(Notation.of(run(expression).getLast().roots().getFirst()))
        .isEqualTo("exp(slice[1:100](x))");
    assertThat(Notation.of(run(expression, "push views").getLast().roots().getFirst()))
        .isEqualTo("slice[1:100](exp(x))");
    assertThat(
            run(
                expression,
                "push views",
                "simplify",
                "fold constants",
                "merge common subexpressions",
                "align chunks"))
        .isEmpty();
  }

  @Test
  void longExpressionsAreShownWithoutTheirMiddle() {
    NDArray y = x;
    for (int i = 0; i < 100; i++) {
      y = y.exp();
    }
    String text = ExprText.of(List.of(y.expr()));
    assertThat(text.lines()).hasSize(61);
    assertThat(text).contains("  ... 41 more\n").endsWith("= exp e99  chunks [100]  <- result\n");
  }
}
