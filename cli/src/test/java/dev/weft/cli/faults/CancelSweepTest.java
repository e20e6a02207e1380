package dev.weft.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.ChunkSpec;
import dev.weft.core.HostArray;
import dev.weft.core.Job;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.testkit.LongSuites;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that are cancelled at random times end soon, and leave nothing. */
@Tag("long")
@Timeout(value = 1800, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CancelSweepTest {
  private static final int CANCELS = LongSuites.part(1000);
  private static final long MOST_DELAY_NANOS = 40_000_000;

  /** What is promised is a quarter of a second; machines that run tests are busy. */
  private static final long LIMIT_MILLIS = 30_000;

  @TempDir Path folder;

  /** Jobs of a second or so, of every kind of work. */
  private static List<Function<Session, NDArray>> jobs(Path in) {
    return List.of(
        s -> s.arange(40_000_000).rechunk(100_000).sqrt().sin().sum(),
        s -> s.ones(1500, 1500).rechunk(500).matmul(s.ones(1500, 1500).rechunk(500)).sum(),
        s -> s.random(3).normal(3000, 3000).cumsum(0).mean(1),
        s -> s.arange(20_000_000).rechunk(200_000).map(x -> Math.cos(x)).max(),
        s -> s.load(in.resolve("large.zarr"), ChunkSpec.of(64)).exp().cumsum(0),
        s -> {
          NDArray x = s.random(5).uniform(3_000_000).rechunk(50_000).map(v -> v + 1);
          return x.subtract(x.mean()).multiply(x.slice("::-1")).sum();
        });
  }

  @Test
  void cancelledJobsEndSoonAndLeaveNothing() throws Exception {
    Path in = Files.createDirectory(folder.resolve("in"));
    FileJobs.write(in);
    Path spill = Files.createDirectory(folder.resolve("spill"));
    Random random = new Random(11);
    double[] millis = new double[CANCELS];
    int ended = 0;
    long threads = Leftovers.threads();
    SessionConfig config = SessionConfig.defaults().withSpillFolder(spill);
    try (Session session = Session.open(config, Leftovers.cpu(1L << 27))) {
      List<Function<Session, NDArray>> jobs = jobs(in);
      for (int i = 0; i < CANCELS; i++) {
        Job job = session.start(List.of(jobs.get(i % jobs.size()).apply(session)));
        LockSupport.parkNanos(random.nextLong(MOST_DELAY_NANOS));
        long begun = System.nanoTime();
        job.cancel();
        try {
          job.await().forEach(HostArray::close);
          ended++;
        } catch (CancellationException e) {
          assertThat(e).hasMessage("the job was cancelled");
        }
        millis[i] = (System.nanoTime() - begun) * 1e-6;
        assertThat(session.memory().live()).as("bytes in use after cancel %d", i).isZero();
      }
      assertThat(session.arange(10).sum().toDouble()).isEqualTo(45);
    }
    Leftovers.awaitThreads(threads);
    assertThat(spill).isEmptyDirectory();
    Arrays.sort(millis);
    System.out.printf(
        "cancels: %d at random times, %d had ended; median %.1f ms, 99 %% within %.1f ms, all within %.1f ms; nothing left%n",
        CANCELS,
        ended,
        millis[CANCELS / 2],
        millis[(int) Math.ceil(CANCELS * 0.99) - 1],
        millis[CANCELS - 1]);
    assertThat(millis[CANCELS - 1]).isLessThan(LIMIT_MILLIS);
  }
}
