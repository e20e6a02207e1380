package dev.weft.cpu.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.ChunkSpec;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.event.JobEvent;
import dev.weft.testkit.LongSuites;
import dev.weft.testkit.random.Dense;
import dev.weft.testkit.random.RandomExpression;
import dev.weft.testkit.random.RandomExpressions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random expressions on several devices: what plain loops give, and to the bit what the CPU gives
 * alone.
 */
@Timeout(600)
final class SeveralDevicesRandomTest {
  private static final int COUNT = Integer.getInteger("weft.random.count", LongSuites.part(2000));
  private static final long FIRST = Long.getLong("weft.random.first", 0);
  private static final List<ChunkSpec> CHUNKS =
      List.of(ChunkSpec.of(1), ChunkSpec.of(3), ChunkSpec.of(7), ChunkSpec.auto());

  private final Map<String, Integer> tasks = new ConcurrentHashMap<>();

  private SessionConfig config() {
    return SessionConfig.defaults()
        .withThreads(2)
        .withMemoryLimit(1L << 28)
        .withListener(
            event -> {
              if (event instanceof JobEvent.TaskFinished task) {
                tasks.merge(task.device(), task.tasks(), Integer::sum);
              }
            });
  }

  @Test
  void areWhatTheCpuGives() {
    Map<String, Session> sessions = new LinkedHashMap<>();
    SessionConfig config = config();
    try (Session cpu = Session.open(config, SeveralDevices.cpu(config))) {
      sessions.put("cpu and far", SeveralDevices.open(config, true, 1));
      sessions.put("far only", SeveralDevices.open(config, false, 1));
      sessions.put("cpu and two far", SeveralDevices.open(config.withOptimize(false), true, 2));
      for (long seed = FIRST; seed < FIRST + COUNT; seed++) {
        RandomExpression expression = RandomExpressions.draw(seed);
        ChunkSpec chunks = CHUNKS.get((int) (seed % CHUNKS.size()));
        List<Dense> expected = expression.check(cpu, chunks, "cpu");
        sessions.forEach(
            (name, session) -> {
              List<Dense> values = expression.check(session, chunks, name);
              boolean exact = session.config().optimize();
              for (int i = 0; i < values.size(); i++) {
                double tolerance = exact ? 0 : expression.results().get(i).tolerance();
                assertThat(values.get(i).difference(expected.get(i), tolerance))
                    .as("%s: %s", name, expression)
                    .isEmpty();
              }
              assertThat(session.memory().live()).as("%s: %s", name, expression).isZero();
            });
      }
    } finally {
      sessions.values().forEach(Session::close);
    }
    System.out.printf("%d random expressions on several devices, tasks: %s%n", COUNT, tasks);
    assertThat(tasks).containsKeys("cpu", "far:0", "far:1");
  }
}
