package dev.weft.testkit.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.HostArray;
import dev.weft.core.Job;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.ArrayLostException;
import dev.weft.core.error.JobFailedException;
import dev.weft.core.error.UsageException;
import dev.weft.core.event.JobEvent;
import dev.weft.testkit.LongSuites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Persisted arrays and results in little memory: given back, brought to disk, closed while read.
 */
@Tag("long")
@Timeout(600)
public abstract class PersistSuite extends SessionSuite {
  private static final int THREADS = 4;

  /** Steps of a loop: enough to fill the memory several times. */
  private static final int STEPS = LongSuites.part(200);

  @TempDir Path folder;

  private final AtomicInteger fromDisk = new AtomicInteger();

  /** Everything is smaller by this. */
  protected abstract int scale();

  private long megabytes(long count) {
    return (count << 20) / scale();
  }

  private Session small(int megabytes) {
    return open(
        config()
            .withMemoryLimit(Math.max(1 << 20, megabytes(megabytes)))
            .withChunkBytes(megabytes(1))
            .withSpillFolder(folder)
            .withListener(
                event -> {
                  if (event instanceof JobEvent.CopyStarted copy && copy.from().equals("disk")) {
                    fromDisk.incrementAndGet();
                  }
                }));
  }

  /** So many megabytes of doubles, from {@code first} on. */
  private NDArray numbers(Session session, long megabytes, long first) {
    long length = megabytes(megabytes) / Double.BYTES;
    return session.arange(length).cast(DType.FLOAT64).add((double) first);
  }

  private static boolean isEqual(NDArray a, NDArray b) {
    return a.equal(b).all().toDouble() == 1;
  }

  private static void assertInLimit(Session session) {
    assertThat(session.memory().peak()).isLessThanOrEqualTo(session.memory().limit());
  }

  @Test
  void arraysOfTwoAndAHalfTimesTheLimitAreKept() throws IOException {
    try (Session little = small(256)) {
      List<NDArray> kept = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        kept.add(numbers(little, 64, i).persist());
      }
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 10; i++) {
          assertThat(isEqual(kept.get(i), numbers(little, 64, i))).as("array %d", i).isTrue();
        }
      }
      assertThat(fromDisk.get()).isPositive();
      NDArray sum = kept.getFirst();
      NDArray expected = numbers(little, 64, 0);
      for (int i = 1; i < 10; i++) {
        sum = sum.add(kept.get(i));
        expected = expected.add(numbers(little, 64, i));
      }
      assertThat(isEqual(sum, expected)).isTrue();
      assertInLimit(little);
      kept.forEach(NDArray::close);
      assertThat(little.memory().live()).isZero();
      try (Stream<Path> files = Files.walk(folder)) {
        assertThat(files.filter(file -> file.toString().endsWith(".chunk"))).isEmpty();
      }
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aChunkThatIsGoneFromDiskIsLost() throws IOException {
    try (Session little = small(160);
        NDArray kept = numbers(little, 480, 7).persist()) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(path -> path.toString().endsWith(".chunk")).toList()) {
          Files.delete(file);
        }
      }
      assertThatThrownBy(() -> kept.sum().toDouble())
          .isInstanceOf(JobFailedException.class)
          .hasCauseInstanceOf(ArrayLostException.class)
          .hasMessageContaining("'persisted add', float64")
          .hasMessageContaining("was kept on disk, which is lost");
    }
  }

  @Test
  void anArrayLargerThanTheLimitIsKept() {
    try (Session little = small(160);
        NDArray kept = numbers(little, 480, 7).persist()) {
      assertThat(isEqual(kept, numbers(little, 480, 7))).isTrue();
      assertThat(isEqual(kept.slice("::-1").slice("::-1"), numbers(little, 480, 7))).isTrue();
      assertInLimit(little);
    }
  }

  @Test
  void whatWasBroughtFromDiskStaysWhereThereIsRoom() {
    try (Session little = small(256)) {
      NDArray first = numbers(little, 100, 0).persist();
      NDArray second = numbers(little, 240, 0).persist();
      second.close();
      assertThat(isEqual(first, numbers(little, 100, 0))).isTrue();
      fromDisk.set(0);
      assertThat(isEqual(first, numbers(little, 100, 0))).isTrue();
      assertThat(fromDisk.get()).isZero();
    }
  }

  @Test
  void aLoopThatPersistsEachStepGoesOn() {
    try (Session little = small(256)) {
      NDArray x = numbers(little, 32, 0);
      for (int i = 0; i < STEPS; i++) {
        x = x.add(1).persist();
      }
      assertThat(isEqual(x, numbers(little, 32, STEPS))).isTrue();
      assertInLimit(little);
    }
  }

  @Test
  void aLoopThatLeavesItsResultsOpenGoesOn() {
    try (Session little = small(256)) {
      double last = 0;
      for (int i = 0; i < STEPS; i++) {
        last = numbers(little, 32, i).compute().getDouble(1);
      }
      assertThat(last).isEqualTo(STEPS);
      assertInLimit(little);
    }
  }

  @Test
  void aClosedArrayGivesItsMemoryBackAndIsReadNoMore() {
    NDArray kept = numbers(session, 8, 0).persist();
    NDArray made = kept.multiply(2);
    assertThat(session.memory().live()).isPositive();
    assertThat(kept.persist()).isSameAs(kept);
    made.close();
    assertThat(made.slice("1").toDouble()).isEqualTo(2);
    kept.close();
    kept.close();
    assertThat(session.memory().live()).isZero();
    for (NDArray array : List.of(kept, made)) {
      assertThatThrownBy(array::compute)
          .isInstanceOf(UsageException.class)
          .hasMessageContaining(
              "was persisted and is closed; compute what reads it before close()");
    }
    assertThatThrownBy(kept::persist).isInstanceOf(UsageException.class);
    assertThat(kept)
        .hasToString("NDArray(shape=%s, dtype=float64, closed)".formatted(kept.shape()));
  }

  @Test
  void anArrayThatNeedsOnePieceIsClosedAlike() {
    NDArray kept = numbers(session, 8, 0).reshape(16, -1).persist();
    assertThat(kept.slice("0, 5").toDouble()).isEqualTo(5);
    kept.close();
    assertThat(session.memory().live()).isZero();
    assertThatThrownBy(kept::compute).isInstanceOf(UsageException.class);
  }

  /** Code that says when it has begun and waits until it may go on. */
  private record Gate(CountDownLatch begun, CountDownLatch open) {
    Gate() {
      this(new CountDownLatch(1), new CountDownLatch(1));
    }

    double pass(double value) {
      begun.countDown();
      try {
        open.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return value;
    }
  }

  @Test
  void closingDoesNotDisturbAJobThatReads() throws InterruptedException {
    NDArray kept = numbers(session, 8, 1).persist();
    Gate gate = new Gate();
    NDArray read = kept.map(gate::pass);
    Job job = session.start(List.of(read));
    gate.begun.await();
    kept.close();
    assertThatThrownBy(read::compute).isInstanceOf(UsageException.class);
    gate.open.countDown();
    try (HostArray values = job.await().getFirst()) {
      for (long i = 0; i < values.size(); i++) {
        assertThat(values.getDouble(i)).isEqualTo(i + 1.0);
      }
    }
    assertNothingInUse();
  }

  @Test
  void closingAResultDoesNotDisturbAJobThatReads() throws InterruptedException {
    HostArray given = numbers(session, 8, 1).compute();
    Gate gate = new Gate();
    NDArray read = session.array(given).map(gate::pass);
    Job job = session.start(List.of(read));
    gate.begun.await();
    given.close();
    assertThatThrownBy(given::segment).isInstanceOf(UsageException.class);
    assertThatThrownBy(read::compute).isInstanceOf(UsageException.class);
    assertThat(session.memory().live()).isPositive();
    gate.open.countDown();
    try (HostArray values = job.await().getFirst()) {
      for (long i = 0; i < values.size(); i++) {
        assertThat(values.getDouble(i)).isEqualTo(i + 1.0);
      }
    }
    assertNothingInUse();
  }

  @Test
  void aJobWithoutRoomSaysWhatHoldsTheMemory() {
    try (Session little = small(256);
        HostArray first = numbers(little, 96, 0).compute();
        HostArray second = numbers(little, 96, 0).compute()) {
      assertThatThrownBy(() -> numbers(little, 128, 0).compute())
          .hasMessageContaining("no room for them")
          .hasMessageContaining(
              "2 results that are not closed hold %,d".formatted(2 * first.nbytes()))
          .hasMessageContaining("Close results and persisted arrays that are done with");
      assertThat(second.getDouble(3)).isEqualTo(3);
    }
  }

  @Test
  void threadsThatComputeAtOnceShareTheLimit() throws InterruptedException {
    try (Session little = small(256)) {
      inThreads(number -> computeAgainAndAgain(little, number));
      assertInLimit(little);
      assertThat(little.memory().live()).isZero();
    }
  }

  @Test
  void threadsThatPersistAtOnceShareTheLimit() throws InterruptedException {
    try (Session little = small(256)) {
      NDArray shared = numbers(little, 64, 5).persist();
      inThreads(number -> persistAgainAndAgain(little, shared, number));
      assertInLimit(little);
      assertThat(isEqual(shared, numbers(little, 64, 5))).isTrue();
    }
  }

  private static void inThreads(LongConsumer work) throws InterruptedException {
    List<Throwable> failures = new ArrayList<>();
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      long number = i;
      all.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      work.accept(number);
                    } catch (Throwable e) {
                      synchronized (failures) {
                        failures.add(e);
                      }
                    }
                  }));
    }
    for (Thread thread : all) {
      thread.join();
    }
    assertThat(failures).isEmpty();
  }

  /** Arrays that are closed, and such that are forgotten, beside one that all read. */
  private void persistAgainAndAgain(Session little, NDArray shared, long number) {
    for (int i = 0; i < 10; i++) {
      NDArray own = shared.add((double) number).persist();
      assertThat(isEqual(own, numbers(little, 64, 5 + number))).isTrue();
      if (i % 2 == 0) {
        own.close();
      }
    }
  }

  /** Four results, and what is on the way to them, are less than the limit, but not much less. */
  private void computeAgainAndAgain(Session little, long first) {
    for (int i = 0; i < 12; i++) {
      NDArray x = numbers(little, 40, first);
      NDArray result = x.subtract(x.min()).add((double) first).add(x.max().multiply(0));
      try (HostArray values = result.compute()) {
        long length = values.size();
        for (long at : new long[] {0, 1, length / 2, length - 1}) {
          assertThat(values.getDouble(at)).isEqualTo((double) (at + first));
        }
      }
    }
  }
}
