package dev.weft.core.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.event.EventListener;
import dev.weft.core.event.JobEvent;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs whose intermediate arrays are larger than the memory limit. */
class SpillTest {
  private static final long LIMIT = 1 << 20;
  private static final long LENGTH = 4 * LIMIT / Double.BYTES;
  private static final long CHUNK = 8 << 10;

  @TempDir Path folder;

  private final AtomicLong out = new AtomicLong();
  private final AtomicLong in = new AtomicLong();

  private Session open(long limit) {
    EventListener listener =
        event -> {
          if (event instanceof JobEvent.CopyStarted copy) {
            (copy.toHost() ? in : out).addAndGet(copy.bytes());
          }
        };
    return Session.open(
        SessionConfig.defaults()
            .withDevice("reference")
            .withThreads(2)
            .withMemoryLimit(limit)
            .withSpillFolder(folder)
            .withListener(listener));
  }

  /** The user's own code is never run twice, so that its results must be kept. */
  private static NDArray kept(NDArray x, double factor) {
    return x.mapChunks(
        DType.FLOAT64,
        (region, inputs, output) -> {
          for (long i = 0; i < region.size(); i++) {
            double value =
                inputs.getFirst().segment().getAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, i);
            output.segment().setAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, i, value * factor + 1);
          }
        });
  }

  /** Twelve operations, three of which need all of the one before. */
  private static NDArray standardised(Session session) {
    NDArray x = session.arange(LENGTH).rechunk(CHUNK).cast(DType.FLOAT64);
    NDArray a = kept(x, 0.5);
    NDArray b = kept(a.subtract(a.mean()), 2);
    NDArray c = kept(b.divide(b.std()), 3);
    return c.subtract(c.max()).abs().add(a).sum().add(b.slice("::-1").multiply(c).sum());
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).count();
    }
  }

  @Test
  void arraysOfFourTimesTheLimitGiveTheSameBits() throws IOException {
    double expected;
    try (Session session = open(1L << 30)) {
      expected = standardised(session).toDouble();
      assertThat(out.get()).isZero();
    }
    try (Session session = open(LIMIT)) {
      double spilled = standardised(session).toDouble();
      assertThat(Double.doubleToRawLongBits(spilled))
          .isEqualTo(Double.doubleToRawLongBits(expected));
      assertThat(out.get()).isGreaterThan(LIMIT);
      assertThat(in.get()).isGreaterThan(LIMIT);
      assertThat(session.memory().peak()).isLessThanOrEqualTo(LIMIT);
      assertThat(session.memory().live()).isZero();
      // Only the lock of the folder.
      assertThat(files()).isOne();
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aResultInMemoryLeavesLessForTheRest() {
    try (Session session = open(3 * LIMIT)) {
      NDArray x = session.arange(LIMIT / Double.BYTES).rechunk(CHUNK).cast(DType.FLOAT64);
      NDArray a = kept(x, 0.5);
      NDArray b = kept(a.subtract(a.mean()), 2);
      try (HostArray result = b.divide(b.std()).compute()) {
        assertThat(result.getDouble(0)).isNegative();
      }
      assertThat(session.memory().peak()).isLessThanOrEqualTo(3 * LIMIT);
    }
  }

  @Test
  void filesThatAreLostAreMadeAgain() {
    double expected;
    try (Session session = open(1L << 30)) {
      expected = standardised(session).toDouble();
    }
    AtomicLong lost = new AtomicLong();
    AtomicLong removed = new AtomicLong();
    EventListener destroyer =
        event -> {
          boolean failed = event instanceof JobEvent.CopyFinished copy && copy.failure() != null;
          lost.addAndGet(failed ? 1 : 0);
          boolean written = event instanceof JobEvent.CopyFinished copy && copy.to().equals("disk");
          if (written && removed.get() == 0) {
            removed.addAndGet(removeOne());
          }
        };
    SessionConfig config =
        SessionConfig.defaults()
            .withDevice("reference")
            .withThreads(2)
            .withMemoryLimit(LIMIT)
            .withSpillFolder(folder)
            .withListener(destroyer);
    try (Session session = Session.open(config)) {
      assertThat(standardised(session).toDouble()).isEqualTo(expected);
    }
    assertThat(removed).hasValue(1);
    // Tried twice, and heard of once.
    assertThat(lost).hasValue(1);
  }

  private long removeOne() {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> files = all.filter(path -> path.toString().endsWith(".chunk")).toList();
      return !files.isEmpty() && Files.deleteIfExists(files.getLast()) ? 1 : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  @Test
  void twoJobsAtOnceShareTheLimit() {
    double expected;
    try (Session session = open(1L << 30)) {
      expected = standardised(session).toDouble();
    }
    try (Session session = open(LIMIT)) {
      var first = session.start(List.of(standardised(session)));
      var second = session.start(List.of(standardised(session)));
      for (var job : List.of(first, second)) {
        try (HostArray result = job.await().getFirst()) {
          assertThat(result.getDouble()).isEqualTo(expected);
        }
      }
      assertThat(session.memory().peak()).isLessThanOrEqualTo(LIMIT);
    }
  }
}
