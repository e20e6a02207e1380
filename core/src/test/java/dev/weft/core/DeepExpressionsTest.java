package dev.weft.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.Expr;
import dev.weft.core.expr.Structure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.UnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Loops of lazy steps of every kind, on a thread whose stack would not bear a walk of its own. */
@Timeout(240)
class DeepExpressionsTest {
  private static final int STEPS = 2_000;
  private static final long SMALL_STACK = 256 << 10;

  private final Session session =
      Session.open(SessionConfig.defaults().withDevice("reference").withMemoryLimit(1L << 28));
  private final NDArray x = session.array(new double[] {1, 2, 3, 4, 5, 6, 7, 8});
  private final NDArray y = session.array(new double[] {8, 7, 6, 5, 4, 3, 2, 1});

  @AfterEach
  void close() {
    session.close();
  }

  private static <T> T onSmallStack(Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(null, task, "small stack", SMALL_STACK);
    thread.start();
    return task.get();
  }

  private static NDArray loop(NDArray start, UnaryOperator<NDArray> step) {
    NDArray z = start;
    for (int i = 0; i < STEPS; i++) {
      z = step.apply(z);
    }
    return z;
  }

  /** Steps that together make nodes of all kinds, each of which leaves the array as it was. */
  private Map<String, UnaryOperator<NDArray>> steps() {
    Map<String, UnaryOperator<NDArray>> steps = new LinkedHashMap<>();
    steps.put("elementwise", z -> z.add(1).subtract(1));
    steps.put("two operands", z -> z.multiply(0.5).add(z.multiply(0.5)));
    steps.put("where", z -> z.greater(4).where(z, z.abs()));
    steps.put("cast", z -> z.cast(DType.FLOAT32).cast(DType.FLOAT64).add(0.0));
    steps.put("flip", z -> z.flip().add(0.0));
    steps.put("transpose", z -> z.reshape(2, 4).t().add(0.0).t().reshape(8));
    steps.put("roll", z -> z.roll(3, 0).roll(-3, 0));
    steps.put(
        "stencil",
        z -> {
          NDArray middle = z.slice("1:-1").add(z.slice(":-2")).add(z.slice("2:")).divide(3);
          return session.concatenate(0, z.slice(":1"), middle, z.slice("-1:"));
        });
    steps.put("concatenate", z -> session.concatenate(0, z.slice("4:"), z.slice(":4")).roll(4, 0));
    steps.put("reduction", z -> z.subtract(z.mean()).add(4.5));
    steps.put("cumulative sum", z -> z.cumsum(0).subtract(z.cumsum(0).subtract(z)));
    steps.put("take", z -> z.take(new long[] {7, 6, 5, 4, 3, 2, 1, 0}, 0).flip());
    steps.put("rechunk", z -> z.rechunk(3).add(0.0).rechunk(8));
    steps.put("hint", z -> z.add(0.0).on("cpu"));
    steps.put("random", z -> z.add(session.random(1).uniform(8).multiply(0.0)));
    steps.put("index", z -> z.add(session.indices(0, 8).multiply(0)));
    return steps;
  }

  @Test
  void ofEveryKindAreComputed() throws Exception {
    for (var step : steps().entrySet()) {
      double[] values =
          onSmallStack(
              () -> {
                try (HostArray computed = loop(x, step.getValue()).compute()) {
                  return computed.toDoubleArray();
                }
              });
      for (int i = 0; i < values.length; i++) {
        assertThat(values[i])
            .as("%s, element %d", step.getKey(), i)
            .isCloseTo(i + 1.0, Offset.offset(1e-6));
      }
    }
  }

  @Test
  void ofMatrixProductsAndTheUsersCodeAreComputed() throws Exception {
    NDArray turn = session.array(new double[] {0, 1, 1, 0}).reshape(2, 2);
    int times = 1000;
    double[] values =
        onSmallStack(
            () -> {
              NDArray z = x.reshape(4, 2);
              for (int i = 0; i < times; i++) {
                z = z.matmul(turn).map(v -> v + 1);
              }
              try (HostArray computed = z.compute()) {
                return computed.toDoubleArray();
              }
            });
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).isEqualTo(i + 1 + times);
    }
  }

  @Test
  void haveTextsHashesAndExplanations() throws Exception {
    for (var step : steps().entrySet()) {
      boolean same =
          onSmallStack(
              () -> {
                NDArray z = loop(x, step.getValue());
                Expr one = z.expr();
                Expr two = loop(x, step.getValue()).expr();
                assertThat(z.toString()).contains("float64");
                assertThat(one.toString()).contains("float64(8,)").hasSizeLessThan(200);
                assertThat(one.hashCode()).isEqualTo(one.hashCode());
                assertThat(Structure.of(List.of(one)).key())
                    .isEqualTo(Structure.of(List.of(two)).key());
                return one.equals(two);
              });
      assertThat(same).as(step.getKey()).isFalse();
    }
    String text = onSmallStack(() -> loop(x, z -> z.multiply(0.5).add(y)).explain());
    assertThat(text).contains("after 'push views'").contains("the kernel would have");
  }

  @Test
  void allStepsTogetherAreResults() throws Exception {
    List<NDArray> results = new ArrayList<>();
    loop(
        x,
        z -> {
          NDArray next = z.add(1);
          results.add(next);
          return next;
        });
    List<HostArray> computed = onSmallStack(() -> session.compute(results));
    assertThat(computed.getLast().toDoubleArray()[0]).isEqualTo(1.0 + STEPS);
    assertThat(computed.get(STEPS / 2).toDoubleArray()[7]).isEqualTo(9.0 + STEPS / 2);
    computed.forEach(HostArray::close);
  }
}
