package dev.weft.bench.micro;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import java.lang.foreign.MemorySegment;
import java.util.List;
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

/** Generated kernels beside loops written by hand, on arrays that fit the caches of a server. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class KernelBench {
  private static final long N = 4L << 20;

  @Param MicroWorkload workload;

  @Param({"64", "32"})
  int bits;

  @Param("1")
  int threads;

  private Session session;
  private HandRunner hand;
  private Inputs inputs;
  private List<NDArray> arrays;
  private MemorySegment[] in;
  private MemorySegment[] out;

  /** Opens what both sides use. */
  @Setup(Level.Trial)
  public void open() {
    session = Session.open(SessionConfig.defaults().withThreads(threads));
    hand = new HandRunner(threads);
    inputs = Inputs.of(workload, bits, N);
    arrays = inputs.in().stream().map(session::array).toList();
    in = inputs.inSegments();
    out = inputs.outSegments();
  }

  /** Gives it back. */
  @TearDown(Level.Trial)
  public void close() {
    inputs.close();
    hand.close();
    session.close();
  }

  /** The public API: expression, plan, launch, generated loops. */
  @Benchmark
  public void weft() {
    session.compute(workload.results(arrays)).forEach(HostArray::close);
  }

  /** The loop written by hand. */
  @Benchmark
  public double hand() {
    return hand.run(workload.loop(bits), in, out, N);
  }
}
