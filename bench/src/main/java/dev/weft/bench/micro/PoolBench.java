package dev.weft.bench.micro;

import dev.weft.cpu.memory.BufferPool;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** Taking a pooled buffer and giving it back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PoolBench {
  @Param({"64", "65536", "8388608"})
  long bytes;

  private BufferPool pool;

  /** A pool without a limit that matters. */
  @Setup(Level.Trial)
  public void open() {
    pool = new BufferPool(1L << 30);
  }

  /** Gives the memory back. */
  @TearDown(Level.Trial)
  public void close() {
    pool.close();
  }

  /** One thread. */
  @Benchmark
  public void one() {
    pool.allocate(bytes).close();
  }

  /** Two threads that ask for the same size. */
  @Benchmark
  @Threads(2)
  public void two() {
    pool.allocate(bytes).close();
  }
}
