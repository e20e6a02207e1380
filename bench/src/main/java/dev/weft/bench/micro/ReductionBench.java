package dev.weft.bench.micro;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
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

/** Reductions of a 2000 × 2500 table over everything, over its rows and over its columns. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ReductionBench {
  /** Which axes are reduced. */
  public enum Over {
    /** Both. */
    ALL,
    /** The first: one result per column. */
    AXIS0,
    /** The second: one result per row. */
    AXIS1;

    int[] axes() {
      return this == ALL ? new int[0] : new int[] {ordinal() - 1};
    }
  }

  @Param Over over;

  @Param({"FLOAT64", "FLOAT32"})
  DType dtype;

  @Param("1")
  int threads;

  private Session session;
  private NDArray table;

  /** Fills the table. */
  @Setup(Level.Trial)
  public void open() {
    session = Session.open(SessionConfig.defaults().withThreads(threads));
    table = session.random(1).uniform(dtype, 2000, 2500).persist();
  }

  /** Gives it back. */
  @TearDown(Level.Trial)
  public void close() {
    session.close();
  }

  /** Sums. */
  @Benchmark
  public void sum() {
    run(table.sum(over.axes()));
  }

  /** Least elements. */
  @Benchmark
  public void min() {
    run(table.min(over.axes()));
  }

  /** Mean and standard deviation in one pass. */
  @Benchmark
  public void meanStd() {
    run(table.mean(over.axes()), table.std(over.axes()));
  }

  private void run(NDArray... results) {
    session.compute(List.of(results)).forEach(HostArray::close);
  }
}
