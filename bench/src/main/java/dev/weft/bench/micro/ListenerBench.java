package dev.weft.bench.micro;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.event.Progress;
import dev.weft.profile.JfrEvents;
import dev.weft.profile.Profile;
import dev.weft.timeline.Timeline;
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
 * What listening costs a job of many chunks: each of 128 KiB, small for a chunk, so that events are
 * frequent beside the work.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ListenerBench {
  private static final int TASKS = 1_000;
  private static final int LENGTH = 16_384;

  /** Who listens. */
  @Param({"none", "progress", "timeline", "profile", "jfr"})
  String listener;

  private Session session;
  private NDArray x;
  private Timeline timeline;

  /** A session with the listener, and an array of many chunks. */
  @Setup(Level.Trial)
  public void open() {
    SessionConfig config = SessionConfig.defaults().withDevice("cpu");
    timeline = new Timeline();
    Profile profile = new Profile("bench");
    session =
        Session.open(
            switch (listener) {
              case "progress" -> config.withListener(new Progress());
              case "timeline" -> config.withListener(timeline);
              case "profile" -> config.withListener(profile);
              case "jfr" -> config.withListener(new JfrEvents());
              default -> config;
            });
    if (listener.equals("profile")) {
      profile.watch(session);
    }
    x = session.array(new double[TASKS * LENGTH]).rechunk(LENGTH);
    double sum;
    try (HostArray ones = x.add(1).sum().compute()) {
      sum = ones.item();
    }
    if (sum != (double) TASKS * LENGTH) {
      throw new IllegalStateException("the sum of %,d ones is %s".formatted(TASKS * LENGTH, sum));
    }
  }

  /** What was recorded is not kept from job to job. */
  @Setup(Level.Iteration)
  public void forget() {
    timeline.clear();
  }

  /** Gives it back. */
  @TearDown(Level.Trial)
  public void close() {
    session.close();
  }

  /** Microseconds a chunk. */
  @Benchmark
  @OperationsPerInvocation(TASKS)
  public void sum() {
    try (HostArray result = x.add(1).sqrt().sum().compute()) {
      result.segment();
    }
  }
}
