package dev.weft.cpu.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.ChunkSpec;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.expr.Expr;
import dev.weft.core.optimize.Optimizer;
import dev.weft.core.shape.ChunkSize;
import dev.weft.testkit.LongSuites;
import dev.weft.testkit.random.Dense;
import dev.weft.testkit.random.RandomExpression;
import dev.weft.testkit.random.RandomExpressions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Random expressions on both devices, with and without the optimiser, in chunks of any size, on any
 * number of threads: always what plain loops give. {@code -Dweft.random.count} draws more.
 */
final class RandomExpressionsTest {
  private static final int COUNT = Integer.getInteger("weft.random.count", LongSuites.part(2000));
  private static final long FIRST = Long.getLong("weft.random.first", 0);
  private static final List<ChunkSpec> CHUNKS =
      List.of(ChunkSpec.of(1), ChunkSpec.of(3), ChunkSpec.of(7), ChunkSpec.auto());

  @Test
  void areWhatPlainLoopsGive() {
    Map<String, Session> sessions = new LinkedHashMap<>();
    try {
      SessionConfig reference = config("reference", 1);
      sessions.put("reference", Session.open(reference));
      sessions.put("reference, not optimised", Session.open(reference.withOptimize(false)));
      for (int threads : new int[] {1, 2, 4}) {
        SessionConfig cpu = config("cpu", threads).withVectors(threads != 4);
        sessions.put("cpu " + threads, Session.open(cpu));
        sessions.put("cpu " + threads + ", not optimised", Session.open(cpu.withOptimize(false)));
      }
      List<String> names = List.copyOf(sessions.keySet());
      for (long seed = FIRST; seed < FIRST + COUNT; seed++) {
        RandomExpression expression = RandomExpressions.draw(seed);
        ChunkSpec chunks = CHUNKS.get((int) (seed % CHUNKS.size()));
        ChunkSpec others = CHUNKS.get((int) (seed / 5 % CHUNKS.size()));
        int cpu = 2 + (int) (seed % 6);
        List<Dense> optimised = check(expression, sessions, names.get(0), chunks);
        List<Dense> plain = check(expression, sessions, names.get(1), chunks);
        assertEqual(expression, optimised, plain);
        // Other arrays of the same values: the stages of the first time are used again.
        assertEqual(expression, optimised, check(expression, sessions, names.get(0), chunks));
        check(expression, sessions, names.get(cpu), others);
        converges(expression, sessions.get(names.get(0)), chunks);
      }
      sessions.forEach((name, session) -> assertThat(session.memory().live()).as(name).isZero());
    } finally {
      sessions.values().forEach(Session::close);
    }
  }

  private static SessionConfig config(String device, int threads) {
    return SessionConfig.defaults()
        .withDevice(device)
        .withThreads(threads)
        .withMemoryLimit(1L << 28);
  }

  private static List<Dense> check(
      RandomExpression expression, Map<String, Session> sessions, String name, ChunkSpec chunks) {
    return expression.check(sessions.get(name), chunks, name);
  }

  private static void assertEqual(RandomExpression expression, List<Dense> a, List<Dense> b) {
    for (int i = 0; i < a.size(); i++) {
      if (expression.results().get(i).tolerance() == 0) {
        assertThat(a.get(i).difference(b.get(i), 0)).as("%s", expression).isEmpty();
      }
    }
  }

  /** What the optimiser has done needs no further optimising. */
  private static void converges(RandomExpression expression, Session session, ChunkSpec chunks) {
    Optimizer optimizer = new Optimizer(new ChunkSize(1 << 20), Set.of());
    List<Expr> roots = expression.build(session, chunks).stream().map(NDArray::expr).toList();
    List<Expr> once = optimizer.run(roots).getLast().roots();
    for (Optimizer.Step step : optimizer.run(once)) {
      assertThat(step.changed())
          .as("pass '%s' again on seed %d:%n%s", step.pass(), expression.seed(), expression)
          .isFalse();
    }
  }
}
