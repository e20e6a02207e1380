package dev.weft.bench.micro;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.device.DeviceOptions;
import dev.weft.core.device.FarDevice;
import dev.weft.core.memory.DeviceGroup;
import dev.weft.core.place.RateSource;
import dev.weft.core.place.Rates;
import dev.weft.cpu.CpuDevice;
import dev.weft.testkit.device.EmulatedFarDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one task costs, from planning to its accounting: chunks of eight elements, next to no work.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SchedulerBench {
  private static final int TASKS = 20_000;
  private static final int LENGTH = 8;

  /** Equal devices, and links so fast that every one of them gets some of the work. */
  private static final RateSource EQUAL = (host, device) -> new Rates(1, 1, 100, 100, 1000, 1000);

  @Param({"1", "2"})
  int threads;

  /** Devices beside the CPU, with memory of their own, on the same cores. */
  @Param({"0", "2"})
  int far;

  private Session session;
  private NDArray x;

  /** An array of many small chunks. */
  @Setup(Level.Trial)
  public void open() {
    SessionConfig config = SessionConfig.defaults().withThreads(threads);
    List<FarDevice> others = new ArrayList<>();
    for (int i = 0; i < far; i++) {
      others.add(new EmulatedFarDevice("far:" + i, cpu(config)));
    }
    session = Session.open(config, new DeviceGroup(cpu(config), true, others, EQUAL));
    x = session.array(new double[TASKS * LENGTH]).rechunk(LENGTH);
  }

  private static CpuDevice cpu(SessionConfig config) {
    return CpuDevice.open(new DeviceOptions(config.threads(), config.memoryLimit(), true, 0));
  }

  /** Gives it back. */
  @TearDown(Level.Trial)
  public void close() {
    session.close();
  }

  /** Independent tasks that write into one result. */
  @Benchmark
  @OperationsPerInvocation(TASKS)
  public void map() {
    run(x.add(1.0));
  }

  /** Tasks whose partial results meet in a tree. */
  @Benchmark
  @OperationsPerInvocation(TASKS)
  public void sum() {
    run(x.sum());
  }

  private static void run(NDArray array) {
    try (HostArray result = array.compute()) {
      result.segment();
    }
  }
}
