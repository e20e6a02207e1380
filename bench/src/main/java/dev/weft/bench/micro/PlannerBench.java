package dev.weft.bench.micro;

import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
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
 * From calls of the API to a plan, which must not depend on the number of chunks; {@code -prof gc}
 * shows the allocated bytes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PlannerBench {
  @Param({"1", "1000", "1000000"})
  long chunks;

  private Session session;

  /** A session with chunks of 4,096 float64. */
  @Setup(Level.Trial)
  public void open() {
    session = Session.open(SessionConfig.defaults().withThreads(1).withChunkBytes(32 << 10));
  }

  /** Gives it back. */
  @TearDown(Level.Trial)
  public void close() {
    session.close();
  }

  /**
   * A mean of a standardised expression; {@code explain} ends with the plan, and renders kernels.
   */
  @Benchmark
  public String plan() {
    NDArray x = session.ones(chunks * 4096);
    NDArray y = x.multiply(2.0).add(1.0);
    NDArray z = y.subtract(y.mean()).divide(y.std());
    return z.multiply(z).add(x.slice("::-1")).sqrt().mean().explain();
  }
}
