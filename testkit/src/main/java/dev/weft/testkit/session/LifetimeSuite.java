package dev.weft.testkit.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.ChunkSpec;
import dev.weft.core.HostArray;
import dev.weft.core.Job;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.JobFailedException;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Region;
import dev.weft.testkit.LongSuites;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Results, shared work and the memory of a session over many jobs. */
@Tag("long")
@Timeout(600)
public abstract class LifetimeSuite extends SessionSuite {
  private static final int JOBS = LongSuites.part(1000);

  /** Jobs of every kind: maps, reductions, scans, products, draws, user code, views, failures. */
  private static final List<Function<Session, NDArray>> KINDS =
      List.of(
          s -> s.arange(5000).rechunk(700).add(1L),
          s -> s.arange(5000).rechunk(700).sum(),
          s -> s.ones(40, 50).rechunk(7).std(0),
          s -> s.ones(40, 50).rechunk(16).cumsum(1),
          s -> s.ones(20, 30).rechunk(8).matmul(s.ones(30, 10).rechunk(9)),
          s -> s.random(7).normal(50, 50).exp().mean(1),
          s -> s.arange(1000).rechunk(100).map(x -> x * x).max(),
          s -> s.arange(1000).rechunk(100).slice("::-3").take(new long[] {5, -1, 5}, 0),
          s -> s.concatenate(0, s.ones(100).rechunk(30), s.zeros(50).rechunk(20)).argmin(),
          s -> s.array(new RecordingSource(30, 30), ChunkSpec.of(10, 30)).t().reshape(900),
          s -> s.array(RecordingSource.failingAfter(1, 30, 30), ChunkSpec.of(10)).sum());

  @Test
  void aThousandJobsLeaveNothingBehind() {
    int failed = 0;
    for (int i = 0; i < JOBS; i++) {
      NDArray x = KINDS.get(i % KINDS.size()).apply(session);
      if (i % 17 == 3) {
        Job job = session.start(List.of(x));
        job.cancel();
        try {
          job.await().forEach(HostArray::close);
        } catch (java.util.concurrent.CancellationException | JobFailedException e) {
          failed++;
        }
        continue;
      }
      try (HostArray result = x.compute()) {
        assertThat(result.shape()).isEqualTo(x.shape());
      } catch (JobFailedException e) {
        failed++;
      }
    }
    assertThat(failed).isGreaterThanOrEqualTo(JOBS / KINDS.size() - 10);
    assertNothingInUse();
  }

  @Test
  void resultsThatAreForgottenOrStillOpenDoNotKeepASessionFromClosing() {
    HostArray open;
    try (Session other = open(config())) {
      for (int i = 0; i < 5; i++) {
        assertThat(other.ones(100_000).add(1).compute().getDouble(5)).isEqualTo(2);
      }
      open = other.ones(100_000).compute();
      assertThat(other.memory().live()).isPositive();
    }
    assertThat(open.toString()).isEqualTo("float64 (100000,) (closed)");
    open.close();
  }

  @Test
  void aJobThatNobodyAwaitsIsGivenBackWithTheSession() {
    try (Session other = open(config())) {
      other.start(List.of(other.ones(1000).add(1)));
    }
  }

  @Test
  void awaitingTwiceGivesTheSameResults() {
    Job job = session.start(List.of(session.arange(100_000).add(1L)));
    List<HostArray> first = job.await();
    assertThat(job.await()).isSameAs(first);
    first.getFirst().close();
  }

  @Test
  void theSameArrayTwiceGivesTwoResults() {
    NDArray x = session.arange(20_000).rechunk(3000).multiply(2L);
    List<HostArray> both = session.compute(x, x);
    assertThat(both.get(0).segment()).isNotEqualTo(both.get(1).segment());
    both.get(0).close();
    assertThat(both.get(1).getLong(19_999)).isEqualTo(39_998);
    both.get(1).close();
    assertThat(session.compute()).isEmpty();
  }

  @Test
  void sharedWorkIsDoneOnce() {
    RecordingSource source = new RecordingSource(100, 10);
    NDArray x = session.array(source, ChunkSpec.of(20, 10)).exp();
    List<HostArray> results = session.compute(x.sum(), x.mean(0), x.max());
    assertThat(source.elementsRead()).isLessThanOrEqualTo(2000);
    results.forEach(HostArray::close);
  }

  @Test
  void persistedChunksAreNotReadAgain() {
    RecordingSource source = new RecordingSource(100);
    try (Session other = open(config())) {
      NDArray x = other.array(source, ChunkSpec.of(30)).add(1).persist();
      assertThat(source.elementsRead()).isEqualTo(100);
      assertThat(x.sum().toDouble()).isEqualTo(5050);
      assertThat(x.chunks().axis(0).count()).isEqualTo(4);
      assertThat(source.elementsRead()).isEqualTo(100);
    }
  }

  @Test
  void aSliceReadsItsRegionOnly() {
    RecordingSource source = new RecordingSource(100, 50);
    NDArray x = session.array(source, ChunkSpec.of(100, 50)).multiply(2).add(1);
    try (HostArray y = x.slice("10:20, 5:7").compute()) {
      assertThat(y.getDouble(0, 0)).isEqualTo(2 * (10 * 50 + 5) + 1);
    }
    assertThat(source.regions())
        .containsExactly(new Region(new long[] {10, 5}, new long[] {10, 2}));
  }

  @Test
  void aSliceOfAReductionReadsWhatItNeeds() {
    RecordingSource source = new RecordingSource(100, 50);
    NDArray x = session.array(source, ChunkSpec.of(100, 50));
    assertThat(x.sum(1).slice("7").toDouble()).isEqualTo(50 * (7 * 50) + 49 * 25);
    assertThat(source.regions()).containsExactly(new Region(new long[] {7, 0}, new long[] {1, 50}));
  }

  @Test
  void onlyTheChunksThatASliceTouchesAreRead() {
    RecordingSource source = new RecordingSource(1000);
    NDArray x = session.array(source, ChunkSpec.of(100)).sqrt();
    try (HostArray y = x.slice("250:430:3").compute()) {
      assertThat(y.size()).isEqualTo(60);
    }
    assertThat(source.regions())
        .hasSize(3)
        .allMatch(r -> r.start()[0] >= 250 && r.start()[0] + r.extents()[0] <= 430);
    assertThat(source.elementsRead()).isLessThanOrEqualTo(180);
  }

  @Test
  void anArrayOfOneElementOfAProductReadsARowAndAColumn() {
    RecordingSource source = new RecordingSource(60, 60);
    NDArray x = session.array(source, ChunkSpec.of(20, 20));
    NDArray corner = x.transpose().slice("3, 4");
    assertThat(corner.toDouble()).isEqualTo(4 * 60 + 3);
    assertThat(source.elementsRead()).isOne();
  }

  /** The stride of an axis of extent 1 says nothing about its neighbours. */
  @Test
  void scansOverOddViewsAreScansOfCopies() {
    try (Session other = open(config())) {
      NDArray x = other.arange(4 * 3 * 5 * 2).reshape(4, 3, 5, 2).persist();
      NDArray odd = x.slice(":, 0:1:3, 0:3, :");
      try (HostArray view = odd.cumsum(3).compute();
          HostArray copy = odd.add(0L).map(v -> v).cumsum(3).compute()) {
        assertThat(view.toDoubleArray()).isEqualTo(copy.toDoubleArray());
      }
    }
  }

  @Test
  void aClosedSessionComputesNothing() {
    Session other = open(config());
    NDArray x = other.ones(3);
    other.close();
    other.close();
    assertThatThrownBy(x::compute)
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("the session is closed")
        .hasMessageContaining("open a new one");
    assertThatThrownBy(x::explain).isInstanceOf(UsageException.class);
  }

  @Test
  void arraysOfDifferentSessionsDoNotMix() {
    try (Session other = open(config())) {
      NDArray theirs = other.ones(3);
      NDArray ours = session.ones(3);
      assertThatThrownBy(() -> ours.add(theirs))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("different sessions");
      assertThatThrownBy(() -> session.compute(theirs)).isInstanceOf(UsageException.class);
      assertThatThrownBy(() -> session.concatenate(0, ours, theirs))
          .isInstanceOf(UsageException.class);
    }
  }

  @Test
  void buildingNeverComputes() {
    NDArray x =
        session
            .array(RecordingSource.failingAfter(0, 1000))
            .map(
                value -> {
                  throw new IllegalStateException("computed");
                });
    NDArray y = x.add(1).slice("::-1").reshape(10, 100).sum(0).cast(DType.FLOAT32);
    assertThat(y.toString())
        .isEqualTo("NDArray(shape=(100,), dtype=float32, chunks=[100], 1 chunk, 400 B)");
  }
}
