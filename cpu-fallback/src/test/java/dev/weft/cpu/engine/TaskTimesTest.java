package dev.weft.cpu.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.event.JobEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Events say how long tasks had a thread. */
class TaskTimesTest {
  private static final int THREADS = 2;

  /** One task more than there are threads is handed out ahead; its wait is not its time. */
  @Test
  void neverMoreTasksAtATimeThanThreads() {
    List<JobEvent.TaskFinished> ends = new ArrayList<>();
    SessionConfig config =
        SessionConfig.defaults()
            .withDevice("cpu:" + THREADS)
            .withListener(
                event -> {
                  if (event instanceof JobEvent.TaskFinished end) {
                    synchronized (ends) {
                      ends.add(end);
                    }
                  }
                });
    try (Session session = Session.open(config)) {
      session.random(1).normal(4_000_000).rechunk(50_000).exp().sin().mean().compute().close();
    }
    assertThat(ends).hasSizeGreaterThan(10);
    List<long[]> changes = new ArrayList<>();
    for (JobEvent.TaskFinished end : ends) {
      assertThat(end.took()).isPositive();
      changes.add(new long[] {end.nanos() - end.took(), 1});
      changes.add(new long[] {end.nanos(), -1});
    }
    changes.sort(Comparator.<long[]>comparingLong(c -> c[0]).thenComparingLong(c -> c[1]));
    long running = 0;
    long most = 0;
    for (long[] change : changes) {
      running += change[1];
      most = Math.max(most, running);
    }
    assertThat(most).isBetween(1L, (long) THREADS);
  }
}
