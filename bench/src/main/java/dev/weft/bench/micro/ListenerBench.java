package dev.weft.bench.micro;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.event.EventListener;
import dev.weft.core.event.JobEvent;
import dev.weft.core.event.Progress;
import dev.weft.profile.JfrEvents;
import dev.weft.profile.Profile;
import dev.weft.timeline.Timeline;
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
 * What listening costs a job of many chunks, and what a listener takes for the events of a task.
 * Chunks are of 128 KiB, small for a chunk, so that events are frequent beside the work. On a busy
 * machine only the second is worth reading.
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
  private EventListener hearing;
  private List<JobEvent> events;

  /** A session with the listener, and an array of many chunks. */
  @Setup(Level.Trial)
  public void open() {
    SessionConfig config = SessionConfig.defaults().withDevice("cpu");
    timeline = new Timeline();
    Profile profile = new Profile("bench");
    hearing =
        switch (listener) {
          case "progress" -> new Progress();
          case "timeline" -> timeline;
          case "profile" -> profile;
          case "jfr" -> new JfrEvents();
          default -> event -> {};
        };
    session = Session.open(listener.equals("none") ? config : config.withListener(hearing));
    if (listener.equals("profile")) {
      profile.watch(session);
    }
    events = eventsOfAJob();
    x = session.array(new double[TASKS * LENGTH]).rechunk(LENGTH);
    double sum;
    try (HostArray ones = x.add(1).sum().compute()) {
      sum = ones.item();
    }
    if (sum != (double) TASKS * LENGTH) {
      throw new IllegalStateException("the sum of %,d ones is %s".formatted(TASKS * LENGTH, sum));
    }
  }

  private static List<JobEvent> eventsOfAJob() {
    List<JobEvent> events = new ArrayList<>();
    JobEvent.Kind kind = new JobEvent.Kind("a", TASKS);
    events.add(new JobEvent.TasksPlanned(1, System.nanoTime(), List.of(kind), TASKS, 0));
    for (int task = 0; task < TASKS; task++) {
      events.add(new JobEvent.TaskStarted(1, System.nanoTime(), 0, task, "cpu"));
      events.add(new JobEvent.TaskFinished(1, System.nanoTime(), 0, task, "cpu", 1));
    }
    events.add(new JobEvent.Finished(1, System.nanoTime(), null));
    return events;
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

  /** Microseconds that the listener takes for a task's start and end. */
  @Benchmark
  @OperationsPerInvocation(TASKS)
  public void heard() {
    for (JobEvent event : events) {
      hearing.on(event);
    }
    timeline.clear();
  }
}
