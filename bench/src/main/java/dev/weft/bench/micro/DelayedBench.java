package dev.weft.bench.micro;

import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.task.Delayed;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Trivial tasks in the user's Java, from making them to the result: 100,000 that depend on nothing,
 * and as many in a chain. The first call of a process counts as much as the later ones, so each is
 * measured alone and none is left out.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 10)
@Fork(3)
public class DelayedBench {
  private static final int TASKS = 100_000;

  @Param({"2"})
  int threads;

  private Session session;

  /** A session. */
  @Setup(Level.Trial)
  public void open() {
    session = Session.open(SessionConfig.defaults().withThreads(threads));
  }

  /** Gives it back. */
  @TearDown(Level.Trial)
  public void close() {
    session.close();
  }

  /** Independent tasks, and one that sums their results. */
  @Benchmark
  public long independent() {
    return TrivialTasks.sum(session, TASKS);
  }

  /** Tasks of which each needs the one before. */
  @Benchmark
  public int chain() {
    Delayed<Integer> last = session.delayed(() -> 0);
    for (int i = 0; i < TASKS; i++) {
      last = last.then(value -> value + 1);
    }
    return last.compute();
  }
}
