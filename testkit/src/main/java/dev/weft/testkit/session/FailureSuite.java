package dev.weft.testkit.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.HostArray;
import dev.weft.core.Job;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.JobFailedException;
import dev.weft.core.event.JobEvent;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs that are cancelled, interrupted or fail: one exception, all memory back, session usable. */
@Timeout(600)
public abstract class FailureSuite extends SessionSuite {

  /** A job of 100,000 tasks, each of which takes a while; counts down when it is under way. */
  private NDArray slow(CountDownLatch underWay, AtomicInteger tasks) {
    return session
        .arange(100_000)
        .rechunk(1)
        .cast(DType.FLOAT64)
        .mapChunks(
            DType.FLOAT64,
            (region, inputs, output) -> {
              // The more have run, the longer they wait for the one who stops them.
              int ran = tasks.incrementAndGet();
              underWay.countDown();
              Thread.sleep(ran < 1000 ? 1 : 100);
            })
        .cumsum(0)
        .add(1.0);
  }

  private void assertUsable() {
    assertNothingInUse();
    assertThat(session.arange(10).sum().toDouble()).isEqualTo(45);
  }

  @Test
  void cancellingFromAnotherThreadEndsALongJob() throws InterruptedException {
    CountDownLatch underWay = new CountDownLatch(1);
    AtomicInteger tasks = new AtomicInteger();
    Job job = session.start(List.of(slow(underWay, tasks)));
    underWay.await();
    job.cancel();
    assertThatThrownBy(job::await)
        .isInstanceOf(CancellationException.class)
        .hasMessage("the job was cancelled");
    assertThat(tasks.get()).isLessThan(50_000);
    assertUsable();
    job.cancel();
    assertThatThrownBy(job::await).isInstanceOf(CancellationException.class);
  }

  @Test
  void cancelAllReachesCallersThatWait() throws InterruptedException {
    CountDownLatch underWay = new CountDownLatch(1);
    Thread canceller =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    underWay.await();
                  } catch (InterruptedException e) {
                    return;
                  }
                  session.cancelAll();
                });
    NDArray slow = slow(underWay, new AtomicInteger());
    assertThatThrownBy(slow::compute).isInstanceOf(CancellationException.class);
    canceller.join();
    assertUsable();
  }

  @Test
  void oneJobIsCancelledByItsNumberAndOthersGoOn() throws InterruptedException {
    CountDownLatch underWay = new CountDownLatch(1);
    Job first = session.start(List.of(slow(underWay, new AtomicInteger())));
    CountDownLatch otherUnderWay = new CountDownLatch(1);
    Job other = session.start(List.of(slow(otherUnderWay, new AtomicInteger())));
    assertThat(first.number()).isNotEqualTo(other.number());
    underWay.await();
    assertThat(session.cancel(first.number())).isTrue();
    assertThatThrownBy(first::await).isInstanceOf(CancellationException.class);
    assertThat(session.cancel(first.number())).as("it has ended").isFalse();
    assertThat(session.cancel(1L << 40)).as("no such job").isFalse();
    otherUnderWay.await();
    assertThat(other.isDone()).isFalse();
    assertThat(session.cancel(other.number())).isTrue();
    assertThatThrownBy(other::await).isInstanceOf(CancellationException.class);
    assertUsable();
  }

  @Test
  void interruptingTheCallerCancelsItsJob() {
    CountDownLatch underWay = new CountDownLatch(1);
    Thread caller = Thread.currentThread();
    Thread.ofPlatform()
        .start(
            () -> {
              try {
                underWay.await();
                caller.interrupt();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    NDArray slow = slow(underWay, new AtomicInteger());
    assertThatThrownBy(slow::compute).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).as("the interrupt is not lost").isTrue();
    assertUsable();
  }

  @Test
  void closingTheSessionStopsAJobThatNobodyWaitsFor() throws InterruptedException {
    CountDownLatch underWay = new CountDownLatch(1);
    Session other = open(config());
    Session own = session;
    session = other;
    Job job = other.start(List.of(slow(underWay, new AtomicInteger())));
    session = own;
    underWay.await();
    other.close();
    assertThat(other.memory().live()).isZero();
    assertThatThrownBy(job::await).isInstanceOf(CancellationException.class);
  }

  @Test
  void aUsersFunctionThatThrowsIsNamedWithItsChunk() {
    NDArray x =
        session
            .arange(30)
            .rechunk(3)
            .mapChunks(
                DType.FLOAT64,
                (region, inputs, output) -> {
                  if (region.start()[0] == 12) {
                    throw new IllegalArgumentException("no twelve");
                  }
                })
            .add(1.0);
    assertThatThrownBy(() -> x.compute().close())
        .isInstanceOf(JobFailedException.class)
        .hasMessageMatching(
            """
            job failed in 'map_chunks', chunk 4 of 10 \\[12:15\\]: java.lang.IllegalArgumentException: no twelve
              computing: add\\(map_chunks\\(rechunk\\(index\\)\\), 1.0\\)
              called at: FailureSuite.java:\\d+
              attempts: 1""")
        .hasCauseInstanceOf(IllegalArgumentException.class);
    assertUsable();
  }

  /** With the chunk that has failed, whatever ran as one with it, and before the job's end. */
  @Test
  void eachTaskThatFailsIsToldOnceBeforeTheEnd() {
    List<JobEvent> events = new CopyOnWriteArrayList<>();
    try (Session listened = open(config().withListener(events::add))) {
      NDArray x =
          listened
              .arange(30)
              .rechunk(3)
              .mapChunks(
                  DType.FLOAT64,
                  (region, inputs, output) -> {
                    if (region.start()[0] % 12 == 0) {
                      throw new IllegalArgumentException("no " + region.start()[0]);
                    }
                  });
      assertThatThrownBy(x::compute).isInstanceOf(JobFailedException.class);
    }
    assertThat(events.getLast()).isInstanceOf(JobEvent.Finished.class);
    List<JobEvent.TaskFailed> failures =
        events.stream()
            .filter(JobEvent.TaskFailed.class::isInstance)
            .map(JobEvent.TaskFailed.class::cast)
            .toList();
    assertThat(failures).isNotEmpty();
    for (JobEvent.TaskFailed failed : failures) {
      assertThat(failed.cause()).hasMessage("no " + 3 * failed.failed());
      assertThat(failed.failed() % 4).isZero();
      assertThat(failed.failed() - failed.chunk()).isBetween(0L, failed.tasks() - 1L);
      assertThat(failed.attempts()).isOne();
    }
    assertThat(failures).extracting(JobEvent.TaskFailed::failed).doesNotHaveDuplicates();
    for (JobEvent.TaskFailed failed : failures) {
      assertThat(events)
          .as("nothing else is heard of its end")
          .noneMatch(
              event ->
                  event instanceof JobEvent.TaskFinished done
                      && done.stage() == failed.stage()
                      && done.chunk() == failed.chunk());
    }
  }

  @Test
  void aListenerThatThrowsAtAFailureHidesNothing() {
    try (Session listened =
        open(
            config()
                .withListener(
                    event -> {
                      if (event instanceof JobEvent.TaskFailed) {
                        throw new IllegalStateException("the listener is broken");
                      }
                    }))) {
      NDArray x =
          listened
              .arange(30)
              .map(
                  value -> {
                    throw new IllegalArgumentException("the real reason");
                  });
      assertThatThrownBy(x::compute)
          .isInstanceOf(JobFailedException.class)
          .hasMessageContaining("the real reason");
      assertThat(listened.memory().live()).isZero();
    }
  }

  @Test
  void anErrorOfAUsersFunctionEndsTheJobToo() {
    NDArray x = session.arange(30).rechunk(3).map(value -> recurse(value)).sum();
    assertThatThrownBy(x::compute)
        .isInstanceOf(JobFailedException.class)
        .hasCauseInstanceOf(StackOverflowError.class);
    assertUsable();
  }

  private static double recurse(double x) {
    return Double.isNaN(x) ? x : recurse(x + 1) + 1;
  }

  @Test
  void aReadThatFailsNamesRegionAndSource() {
    RecordingSource source = RecordingSource.failingAfter(2, 4, 10);
    NDArray x = session.array(source).rechunk(4, 5).multiply(2.0).sum(1);
    NDArray roots = session.array(source, dev.weft.core.ChunkSpec.of(1, 10)).sqrt();
    assertThatThrownBy(() -> roots.compute().close())
        .isInstanceOf(JobFailedException.class)
        .hasMessageMatching(
            """
            job failed in 'sqrt', chunk (.) of 4 (.*): reading \\2 of recording failed: the disk is gone
              computing: sqrt\\(recording\\)
              called at: FailureSuite.java:\\d+
              attempts: 4""")
        .hasRootCauseMessage("the disk is gone");
    assertThatThrownBy(x::compute).isInstanceOf(JobFailedException.class);
    assertUsable();
  }

  @Test
  void aReadThatFailsForAMomentIsTriedAgain() {
    RecordingSource source = RecordingSource.failingAtFirst(3, 40);
    assertThat(session.array(source).sum().toDouble()).isEqualTo(780);
    assertThat(source.regions()).hasSize(1);
    RecordingSource broken = RecordingSource.failingAtFirst(4, 40);
    assertThatThrownBy(() -> session.array(broken).sum().toDouble())
        .hasMessageContaining("the disk is gone");
  }

  @Test
  void onlyOneOfManyFailuresIsTold() {
    NDArray x =
        session
            .arange(1000)
            .rechunk(1)
            .mapChunks(
                DType.FLOAT64,
                (region, inputs, output) -> {
                  throw new IllegalStateException("task " + region.start()[0]);
                });
    AtomicInteger ends = new AtomicInteger();
    try (Session listened =
        open(
            config()
                .withListener(
                    event -> {
                      if (event instanceof JobEvent.Finished finished) {
                        assertThat(finished.failure()).isInstanceOf(JobFailedException.class);
                        ends.incrementAndGet();
                      }
                    }))) {
      NDArray y = listened.array(x.expr());
      assertThatThrownBy(y::compute).isInstanceOf(JobFailedException.class);
      assertThat(listened.memory().live()).isZero();
    }
    assertThat(ends.get()).isOne();
  }

  @Test
  void aListenerThatThrowsEndsTheJobInsteadOfHangingIt() {
    for (Class<?> when :
        List.of(JobEvent.TaskStarted.class, JobEvent.TaskFinished.class, JobEvent.Finished.class)) {
      try (Session listened =
          open(
              config()
                  .withListener(
                      event -> {
                        if (when.isInstance(event)) {
                          throw new IllegalStateException("the listener is broken");
                        }
                      }))) {
        NDArray x = listened.arange(100_000).rechunk(10_000).add(1L);
        assertThatThrownBy(x::compute)
            .as("%s", when)
            .hasStackTraceContaining("the listener is broken");
        assertThat(listened.memory().live()).isZero();
      }
    }
  }

  @Test
  void whatCannotFitIsRefusedWithTheNumbers() {
    try (Session small = open(config().withMemoryLimit(1 << 20))) {
      NDArray x = small.arange(1_000_000).add(1L);
      assertThatThrownBy(x::compute)
          .isInstanceOf(DeviceException.class)
          .hasMessageStartingWith("the job needs at least 8,000,000 bytes at once (8,000,000 for")
          .hasMessageContaining("but the memory limit is 1,048,576; raise the limit");
      assertThat(small.memory().live()).isZero();
      assertThat(small.arange(1000).sum().toDouble()).isEqualTo(499_500);
    }
  }

  @Test
  void tasksWaitForMemoryRatherThanFail() {
    try (Session small = open(config().withMemoryLimit(1 << 20).withThreads(2))) {
      NDArray x = small.array(new RecordingSource(1 << 20), dev.weft.core.ChunkSpec.of(1 << 14));
      NDArray shifted = x.slice("1:").subtract(x.slice(":-1"));
      assertThat(shifted.map(v -> v * 2).sum().toDouble()).isEqualTo(2.0 * ((1 << 20) - 1));
      assertThat(small.memory().peak()).isLessThanOrEqualTo(small.memory().limit());
      assertThat(small.memory().live()).isZero();
    }
  }

  @Test
  void aTargetGetsExactlyOneEnd() {
    NDArray x = session.arange(10).cast(DType.FLOAT64);
    RecordingTarget good = new RecordingTarget("");
    x.computeTo(good);
    assertThat(good.calls()).containsExactly("open", "commit");
    assertThat(good.values()).startsWith(0, 1, 2).hasSize(10);

    RecordingTarget closed = new RecordingTarget("open");
    RecordingTarget first = new RecordingTarget("");
    assertThatThrownBy(() -> session.computeTo(List.of(x, x.add(1)), List.of(first, closed)))
        .isInstanceOf(DeviceException.class)
        .hasMessage("result 1, float64 (10,), cannot be written: open is not possible");
    assertThat(first.calls()).containsExactly("open", "abort");
    assertThat(closed.calls()).containsExactly("open");

    RecordingTarget unfinished = new RecordingTarget("commit");
    RecordingTarget second = new RecordingTarget("abort");
    assertThatThrownBy(() -> session.computeTo(List.of(x, x.add(1)), List.of(unfinished, second)))
        .isInstanceOf(DeviceException.class)
        .hasMessage("a result cannot be completed: commit is not possible");
    assertThat(unfinished.calls()).containsExactly("open", "commit");
    assertThat(second.calls()).containsExactly("open", "abort");
    assertUsable();
  }

  @Test
  void aFailedJobAbortsItsTarget() {
    RecordingTarget target = new RecordingTarget("");
    NDArray x =
        session
            .arange(10)
            .map(
                value -> {
                  throw new IllegalStateException("never");
                });
    assertThatThrownBy(() -> x.computeTo(target)).isInstanceOf(JobFailedException.class);
    assertThat(target.calls()).containsExactly("open", "abort");
    assertUsable();
  }

  @Test
  void aSourceThatIsClosedIsRefused() {
    HostArray values = HostArray.of(new double[] {1, 2, 3});
    NDArray x = session.array(values).add(1);
    values.close();
    assertThatThrownBy(x::compute).hasMessageContaining("is closed");
    assertUsable();
  }
}
